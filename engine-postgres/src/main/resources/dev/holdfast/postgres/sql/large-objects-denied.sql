-- Whose large objects this role may not read, how many of them, and the first.
SELECT pg_catalog.pg_get_userbyid(m.lomowner), pg_catalog.count(*), pg_catalog.min(m.oid)
  FROM pg_catalog.pg_largeobject_metadata m
 WHERE NOT pg_catalog.pg_has_role(m.lomowner, 'USAGE')
   AND NOT EXISTS (SELECT 1 FROM pg_catalog.aclexplode(m.lomacl) a
                    WHERE a.privilege_type = 'SELECT' AND (a.grantee = 0 OR pg_catalog.pg_has_role(a.grantee, 'USAGE')))
 GROUP BY m.lomowner ORDER BY 1
