-- What the role may not read of what a backup needs: its name for people, and why. To lock a table for reading, the
-- right to read some columns is not enough; from 16 on a right to write the table will do.
SELECT CASE c.relkind WHEN 'S' THEN 'sequence ' ELSE 'table ' END
         || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
       CASE WHEN NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE') THEN 'no USAGE on its schema'
            WHEN c.relkind = 'r' AND pg_catalog.row_security_active(c.oid)
              THEN 'row-level security would hide rows'
            WHEN pg_catalog.has_any_column_privilege(c.oid, 'SELECT') THEN 'SELECT on columns only'
            ELSE 'no SELECT' END
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'S') AND c.relpersistence <> 't'
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
        OR c.relkind = 'r' AND pg_catalog.row_security_active(c.oid)
        OR NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')
           AND NOT (c.relkind IN ('r', 'p') AND pg_catalog.current_setting('server_version_num')::int >= 160000
                    AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                    AND (c.relkind = 'p' OR NOT EXISTS (
                          SELECT 1 FROM pg_catalog.pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                             AND NOT pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')))))
   AND (NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)))
 ORDER BY 1
