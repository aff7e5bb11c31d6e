-- The ranges of so many pages of a table, %2$s, in which rows lie that a transaction has inserted, with how many. Several processes may look
-- at once.
SELECT ((ctid::text::point)[0])::bigint / %2$s, pg_catalog.count(*) FROM ONLY %1$s WHERE xmin = '%3$s'::pg_catalog.xid GROUP BY 1
