-- Roles that own something here or have a right to something here; and which of them are members of which.
WITH used AS (
  SELECT DISTINCT s.refobjid AS oid FROM pg_catalog.pg_shdepend s
   WHERE s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
     AND (s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
          OR s.classid = 'pg_catalog.pg_database'::pg_catalog.regclass
             AND s.objid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
  UNION SELECT s.setrole FROM pg_catalog.pg_db_role_setting s
   WHERE s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
  UNION SELECT datdba FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
       r.rolbypassrls, r.rolconnlimit,
       ARRAY(SELECT g.rolname::text FROM pg_catalog.pg_auth_members m
               JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
              WHERE m.member = r.oid AND g.oid IN (SELECT oid FROM used) ORDER BY 1) AS member_of
  FROM pg_catalog.pg_roles r
 WHERE r.oid IN (SELECT oid FROM used) AND r.rolname !~ '^pg_'
 ORDER BY r.rolname
