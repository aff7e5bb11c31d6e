SELECT d.oid::text, d.datname, pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
       pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num')::int,
       coalesce((SELECT pg_catalog.substr(setting, 13)
                   FROM pg_catalog.pg_db_role_setting s CROSS JOIN pg_catalog.unnest(s.setconfig) AS setting
                  WHERE s.setdatabase = d.oid AND s.setrole = 0 AND setting ^@ 'search_path='),
                (SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_db_role_setting r CROSS JOIN pg_catalog.unnest(r.setconfig) AS own
                                           WHERE r.setrole = (SELECT u.oid FROM pg_catalog.pg_roles u WHERE u.rolname = current_user)
                                             AND own ^@ 'search_path=')
                             THEN p.boot_val ELSE p.reset_val END
                   FROM pg_catalog.pg_settings p WHERE p.name = 'search_path'))
  FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
