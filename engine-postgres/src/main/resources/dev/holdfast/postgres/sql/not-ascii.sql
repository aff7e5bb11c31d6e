-- Names and texts that we read and that are more than ASCII, in hexadecimal: a kind for people, and the bytes. For databases
-- that do not know their encoding.
SELECT kind, pg_catalog.encode(pg_catalog.convert_to(name, 'SQL_ASCII'), 'hex')
  FROM (SELECT 'schema' AS kind, n.nspname::text AS name FROM pg_catalog.pg_namespace n
        UNION ALL SELECT 'table, view, index or sequence', c.relname FROM pg_catalog.pg_class c
        UNION ALL SELECT 'column', c.relname || '.' || a.attname
                    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
                   WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
        UNION ALL SELECT 'type', t.typname FROM pg_catalog.pg_type t WHERE t.typrelid = 0 AND t.typelem = 0
        UNION ALL SELECT 'label of type ' || t.typname, e.enumlabel FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
        UNION ALL SELECT 'function', p.proname FROM pg_catalog.pg_proc p
        UNION ALL SELECT 'collation', l.collname FROM pg_catalog.pg_collation l
        UNION ALL SELECT 'comment of large object ' || d.objoid, d.description FROM pg_catalog.pg_description d
                   WHERE d.classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
        UNION ALL SELECT 'label of large object ' || l.objoid, l.label FROM pg_catalog.pg_seclabel l
                   WHERE l.classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
        UNION ALL SELECT 'foreign server', s.srvname FROM pg_catalog.pg_foreign_server s
        UNION ALL SELECT 'tablespace', t.spcname FROM pg_catalog.pg_tablespace t
        UNION ALL SELECT 'role', r.rolname FROM pg_catalog.pg_roles r
                   WHERE r.oid IN (SELECT s.refobjid FROM pg_catalog.pg_shdepend s
                                    WHERE s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
                                      AND s.dbid IN (0, (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())))
       ) AS names
 WHERE pg_catalog.octet_length(name) > pg_catalog.length(pg_catalog.regexp_replace(name, '[^\x01-\x7f]', '', 'g'))
 ORDER BY 1, 2
