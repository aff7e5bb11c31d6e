-- Tables that hold rows, and the partitioned table that each is a part of, or itself.
SELECT n.nspname, c.relname, rn.nspname, r.relname
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_class r ON r.oid = coalesce(pg_catalog.pg_partition_root(c.oid), c.oid)
  JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
 WHERE c.relkind = 'r'
 ORDER BY 1, 2
