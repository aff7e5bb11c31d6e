-- Databases to be in beside this one. Templates last: whoever is in one keeps others from making databases of it.
SELECT d.datname
  FROM pg_catalog.pg_database d
 WHERE d.datallowconn AND d.datname <> pg_catalog.current_database() AND NOT d.datname ^@ 'holdfast_restore_'
   AND pg_catalog.has_database_privilege(d.oid, 'CONNECT')
 ORDER BY d.datistemplate, d.datname
