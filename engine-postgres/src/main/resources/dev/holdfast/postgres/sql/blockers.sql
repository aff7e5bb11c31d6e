-- Who keeps others from reading which table: whoever holds it alone, and whoever waits to.
SELECT DISTINCT pg_catalog.format('table %I.%I is %s by process %s', n.nspname, c.relname,
         CASE WHEN l.granted THEN 'locked' ELSE 'waited for' END, l.pid)
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_class c ON c.oid = l.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'p')
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
