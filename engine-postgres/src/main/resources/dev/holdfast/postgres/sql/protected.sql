-- Whether the marker stands on the database itself, and does not say off. What a role or a session has set for itself does not count.
SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_db_role_setting s CROSS JOIN pg_catalog.unnest(s.setconfig) AS setting
                WHERE s.setdatabase = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
                  AND s.setrole = 0
                  AND pg_catalog.lower(pg_catalog.split_part(setting, '=', 1)) = 'holdfast.protected'
                  AND pg_catalog.lower(pg_catalog.split_part(setting, '=', 2)) NOT IN ('off', 'false', 'no', '0'))
