-- The database of a name: its number, its size, and whether we may rename it.
SELECT d.oid::text, pg_catalog.pg_database_size(d.oid)::text, pg_catalog.pg_get_userbyid(d.datdba),
       pg_catalog.pg_has_role(d.datdba, 'USAGE')
  FROM pg_catalog.pg_database d
 WHERE d.datname = %s
