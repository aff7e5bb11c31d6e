-- What is there and does not come along: a word for programs, what it is about, and the reason. Of an extension's own
-- table nobody knows without a scan how many rows it holds; asking for its size must not wait for whoever locks it.
WITH members AS (
  SELECT c.oid, n.nspname, c.relname, e.extname,
         CASE WHEN c.reltuples > 0 THEN c.reltuples::bigint ELSE pg_catalog.pg_stat_get_live_tuples(c.oid) END AS rows
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
    JOIN pg_catalog.pg_class c ON c.oid = d.objid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype = 'e'
     AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
     AND c.relkind = 'r' AND c.relpersistence <> 't' AND (c.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
     AND c.oid <> ALL (coalesce(e.extconfig, '{}')))
SELECT 'subscription_left_out', s.subname::text,
       pg_catalog.format('subscription %%I is not in the backup: only a superuser may read it', s.subname)
  FROM pg_catalog.pg_subscription s
 WHERE pg_catalog.current_setting('is_superuser') <> 'on'
   AND s.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
UNION ALL
SELECT 'user_mapping_without_options', pg_catalog.concat(m.usename, ' on ', m.srvname),
       pg_catalog.format('user mapping for %%I on server %%I comes along without its options, which this role may not see',
         m.usename, m.srvname)
  FROM pg_catalog.pg_user_mappings m
  JOIN pg_catalog.pg_foreign_server s ON s.oid = m.srvid
 WHERE m.umoptions IS NULL AND pg_catalog.current_setting('is_superuser') <> 'on'
   AND NOT CASE WHEN m.umuser = 0 THEN pg_catalog.pg_has_role(s.srvowner, 'USAGE')
                ELSE m.usename = current_user
                     AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR pg_catalog.has_server_privilege(s.oid, 'USAGE'))
           END
UNION ALL
SELECT 'unlogged_on_standby', n.nspname || '.' || c.relname,
       pg_catalog.format('%%s %%I.%%I is unlogged and has no content on a standby: only its definition is in the backup',
         CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'table' END, n.nspname, c.relname)
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relpersistence = 'u' AND c.relkind IN ('r', 'S') AND %s
UNION ALL
SELECT 'extension_rows_left_out', c.nspname || '.' || c.relname,
       pg_catalog.format('table %%I.%%I belongs to extension %%I, which does not register it as its configuration: its rows (%%s) are not in the backup',
         c.nspname, c.relname, c.extname, CASE WHEN c.rows > 0 THEN 'about ' || c.rows ELSE 'never counted' END)
  FROM members c
 WHERE c.rows > 0
    OR CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_locks l WHERE l.relation = c.oid AND l.mode = 'AccessExclusiveLock')
            THEN true ELSE pg_catalog.pg_relation_size(c.oid) > 0 END
 ORDER BY 1, 2
