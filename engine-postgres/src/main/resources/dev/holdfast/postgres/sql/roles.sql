-- Roles that own something here or have a right to something here, with what is set for them in every database:
-- bytes in hexadecimal, since whoever set it may have been in a database of another encoding.
WITH used AS (
  SELECT DISTINCT s.refobjid AS oid FROM pg_catalog.pg_shdepend s
   WHERE s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
     AND (s.dbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
          OR s.classid = 'pg_catalog.pg_database'::pg_catalog.regclass
             AND s.objid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
  UNION SELECT s.setrole FROM pg_catalog.pg_db_role_setting s
   WHERE s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
  UNION SELECT datdba FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
SELECT r.oid, r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
       r.rolbypassrls, r.rolconnlimit, r.rolvaliduntil::text,
       ARRAY(SELECT pg_catalog.encode(pg_catalog.replace(c, '\', '\\')::bytea, 'hex') FROM pg_catalog.unnest(s.setconfig) c) AS settings
  FROM pg_catalog.pg_roles r
  LEFT JOIN pg_catalog.pg_db_role_setting s ON s.setrole = r.oid AND s.setdatabase = 0
 WHERE r.oid IN (SELECT oid FROM used)
 ORDER BY r.rolname
