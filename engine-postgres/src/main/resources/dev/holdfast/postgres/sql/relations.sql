-- What pg_dump would dump rows of: tables and leaves of partitioned ones, also unlogged; of an extension's tables only
-- those that it registered as configuration, by their filter. A standby has nothing of unlogged ones. Page ranges can be
-- asked for only with the right to read the table as such, not just all its columns.
SELECT c.oid::bigint, n.nspname, c.relname, c.relfilenode::bigint, c.relispartition,
       CASE WHEN pg_catalog.has_table_privilege(c.oid, 'SELECT') THEN coalesce(am.amname, '') ELSE '' END AS access_method,
       coalesce((SELECT e.extcondition[pg_catalog.array_position(e.extconfig, c.oid)]
                   FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)), '') AS filter,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              ORDER BY a.attnum) AS columns
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
 WHERE c.relkind = 'r' AND c.relpersistence <> 't'
   AND (c.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)))
 ORDER BY n.nspname, c.relname
