-- Who writes, or is about to, to tables that are to be locked: for people. %s are the tables.
SELECT DISTINCT CASE WHEN l.pid IS NULL THEN 'a prepared transaction (see pg_prepared_xacts)'
         ELSE pg_catalog.format('process %%s (%%s%%s, %%s)', l.pid, a.usename,
                CASE WHEN a.application_name = '' THEN '' ELSE ', ' || a.application_name END, a.state) END
         || pg_catalog.format(' on %%I.%%I', n.nspname, c.relname)
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_class c ON c.oid = l.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
 WHERE l.granted AND l.mode NOT IN ('AccessShareLock') AND l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND l.relation = ANY (%s)
 ORDER BY 1 LIMIT 5
