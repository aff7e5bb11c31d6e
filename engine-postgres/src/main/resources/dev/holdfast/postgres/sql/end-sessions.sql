-- Ends whoever is in the way of the session that renames: once it has locked the live database, everybody in there; before, those in
-- there who keep it from that; and whoever looks into the unfinished one. Only those whom we may end.
SELECT pg_catalog.pg_terminate_backend(a.pid)
  FROM pg_catalog.pg_stat_activity a
  JOIN pg_catalog.pg_roles me ON me.rolname = current_user
  JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
 WHERE (me.rolsuper
        OR NOT r.rolsuper AND (pg_catalog.pg_has_role(a.usesysid, 'USAGE') OR pg_catalog.pg_has_role('pg_signal_backend', 'USAGE')))
   AND (a.datid = %3$s
        OR a.datid = %2$s
           AND (a.pid = ANY (pg_catalog.pg_blocking_pids(%1$s))
                OR EXISTS (SELECT FROM pg_catalog.pg_locks l
                            WHERE l.pid = %1$s AND l.granted AND l.locktype = 'object' AND l.mode = 'AccessExclusiveLock'
                              AND l.classid = 'pg_catalog.pg_database'::pg_catalog.regclass AND l.objid = %2$s)))
