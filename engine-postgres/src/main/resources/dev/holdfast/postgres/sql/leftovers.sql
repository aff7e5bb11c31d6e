-- Transactions in the database of a number, %1$s, whose session, or which themselves, have begun since %2$s.
SELECT pg_catalog.format('%%s %%s', a.pid, a.backend_start), a.pid::text, '',
       pg_catalog.format('process %%s (%%s%%s, %%s)', a.pid, a.usename,
         CASE WHEN a.application_name = '' THEN '' ELSE ', ' || a.application_name END, a.state), 't'
  FROM pg_catalog.pg_stat_activity a
 WHERE a.datid = %1$s AND a.backend_type = 'client backend' AND a.pid <> pg_catalog.pg_backend_pid()
   AND a.backend_start >= %2$s::timestamptz AND a.xact_start IS NOT NULL
UNION ALL
SELECT x.gid, '', x.gid, pg_catalog.format('prepared transaction %%s (%%s)', x.gid, x.owner),
       CASE WHEN x.owner = current_user THEN 't' ELSE 'f' END
  FROM pg_catalog.pg_prepared_xacts x JOIN pg_catalog.pg_database d ON d.datname = x.database
 WHERE d.oid = %1$s AND x.prepared >= %2$s::timestamptz
 ORDER BY 1
