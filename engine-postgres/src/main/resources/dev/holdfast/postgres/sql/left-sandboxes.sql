-- The marks of drills that have a role on this server, but hold their lock no more.
SELECT pg_catalog.substr(r.rolname, 16)
  FROM pg_catalog.pg_roles r
 WHERE r.rolname ~ '^holdfast_drill_[0-9a-f]{16}$'
   AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks l
                    WHERE l.locktype = 'advisory' AND l.objsubid = 1
                      AND pg_catalog.lpad(pg_catalog.to_hex(l.classid::bigint), 8, '0') || pg_catalog.lpad(pg_catalog.to_hex(l.objid::bigint), 8, '0')
                          = pg_catalog.substr(r.rolname, 16))
