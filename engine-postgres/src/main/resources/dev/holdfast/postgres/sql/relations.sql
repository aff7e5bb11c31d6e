-- What pg_dump would dump rows of: tables and leaves of partitioned ones, also unlogged; of an extension's tables only
-- those that it registered as configuration, by their filter.
SELECT c.oid::bigint, n.nspname, c.relname, c.relfilenode::bigint, c.relispartition,
       coalesce(am.amname, '') AS access_method,
       coalesce((SELECT e.extcondition[pg_catalog.array_position(e.extconfig, c.oid)]
                   FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)), '') AS filter,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              ORDER BY a.attnum) AS columns
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
 WHERE c.relkind = 'r' AND c.relpersistence <> 't'
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)))
 ORDER BY n.nspname, c.relname
