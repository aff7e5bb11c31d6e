-- The marker of protection of the database of a number.
SELECT pg_catalog.substr(setting, 20)
  FROM pg_catalog.pg_db_role_setting s CROSS JOIN pg_catalog.unnest(s.setconfig) AS setting
 WHERE s.setdatabase = %s AND s.setrole = 0 AND setting ^@ 'holdfast.protected='
