-- Who else guards the database of a number, %2$s, or puts it back: %1$s and %3$s are the numbers of our locks.
SELECT pg_catalog.format('process %%s, %%s', a.pid, a.application_name)
  FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %1$s AND l.objsubid = 2 AND l.pid <> pg_catalog.pg_backend_pid()
   AND (l.objid = %2$s OR l.objid = %3$s AND l.database = %2$s)
