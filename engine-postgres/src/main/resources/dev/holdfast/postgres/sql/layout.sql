-- As it is now, not as the snapshot shows it: the file that holds the rows, and its size. Asked under the lock.
SELECT o::bigint, pg_catalog.pg_relation_filenode(o)::bigint, pg_catalog.pg_relation_size(o),
       CASE WHEN c.relkind = 'p'
            THEN (SELECT coalesce(sum(pg_catalog.pg_table_size(leaf.relid)), 0)::bigint FROM pg_catalog.pg_partition_tree(o) leaf)
            ELSE pg_catalog.pg_relation_size(o) + coalesce(pg_catalog.pg_relation_size(nullif(c.reltoastrelid, 0)), 0) END
  FROM pg_catalog.unnest(%s::oid[]) AS o JOIN pg_catalog.pg_class c ON c.oid = o
