-- Who is connected to the database of a number, and whether we may end it. Processes without a role are the server's own.
SELECT coalesce(a.usename, ''), a.application_name, pg_catalog.count(*)::text,
       a.usesysid IS NULL OR me.rolsuper
         OR NOT r.rolsuper AND (pg_catalog.pg_has_role(a.usesysid, 'USAGE') OR pg_catalog.pg_has_role('pg_signal_backend', 'USAGE'))
  FROM pg_catalog.pg_stat_activity a
  JOIN pg_catalog.pg_roles me ON me.rolname = current_user
  LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
 WHERE a.datid = %s
 GROUP BY 1, 2, 4
 ORDER BY 1, 2, 4
