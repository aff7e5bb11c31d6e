-- Who holds the lock that only one run at a time may hold: %1$s and %2$s are its numbers.
SELECT pg_catalog.format('process %%s, %%s', a.pid, a.application_name)
  FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %1$s AND l.objid = %2$s
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
