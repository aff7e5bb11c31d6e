-- As it is now, not as the snapshot shows it: the file that holds the rows, and its size. Asked under the lock.
SELECT o::bigint, pg_catalog.pg_relation_filenode(o)::bigint, pg_catalog.pg_relation_size(o),
       pg_catalog.pg_relation_size(o) + coalesce(pg_catalog.pg_relation_size(
           (SELECT t.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
             WHERE c.oid = o)), 0)
  FROM pg_catalog.unnest(%s::oid[]) AS o
