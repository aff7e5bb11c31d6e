-- Our role, the database's owner, and whether our role may do what only owners may.
SELECT current_user, pg_catalog.pg_get_userbyid(d.datdba), pg_catalog.pg_has_role(d.datdba, 'USAGE')
  FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
