-- The marker of protection as it stands on the database of a number. What a role or a session has set for itself does not count.
SELECT pg_catalog.substr(setting, pg_catalog.strpos(setting, '=') + 1)
  FROM pg_catalog.pg_db_role_setting s CROSS JOIN pg_catalog.unnest(s.setconfig) AS setting
 WHERE s.setdatabase = %s AND s.setrole = 0 AND pg_catalog.lower(pg_catalog.split_part(setting, '=', 1)) = 'holdfast.protected'
