-- The tables beside those of an array, %1$s, to which the transaction has written so far; one row that says so when the server does not
-- count. Of the catalogs only the pages of large objects count.
SELECT s.relid::bigint, pg_catalog.format('%%I.%%I', s.schemaname, s.relname)
  FROM pg_catalog.pg_stat_xact_all_tables s
  JOIN pg_catalog.pg_class c ON c.oid = s.relid
 WHERE s.n_tup_ins + s.n_tup_upd + s.n_tup_del > 0 AND c.relkind = 'r'
   AND (s.schemaname !~ '^pg_' OR s.relid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass)
   AND s.relid <> ALL (%1$s)
UNION ALL
SELECT 0, '' WHERE pg_catalog.current_setting('track_counts') <> 'on'
