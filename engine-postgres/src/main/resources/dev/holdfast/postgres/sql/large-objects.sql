-- How many there are, how they can be read, and how their pages lie.
SELECT (SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata),
       pg_catalog.has_table_privilege(c.oid, 'SELECT'), pg_catalog.current_setting('block_size')::int / 4,
       c.oid::bigint, c.relfilenode::bigint
  FROM pg_catalog.pg_class c WHERE c.oid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
