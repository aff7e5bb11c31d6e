-- What is there and does not come along: a word for programs, what it is about, and the reason.
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
 ORDER BY 1, 2
