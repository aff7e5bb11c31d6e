SELECT n.nspname, c.relname, s.seqincrement > 0 AS rises, s.seqcycle
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
 WHERE c.relkind = 'S' AND c.relpersistence <> 't'
   AND (c.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)))
 ORDER BY n.nspname, c.relname
