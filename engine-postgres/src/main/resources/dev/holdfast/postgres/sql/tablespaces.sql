-- Tablespaces that something of this database is in, beside the two that every server has.
SELECT t.spcname FROM pg_catalog.pg_tablespace t
 WHERE t.spcname !~ '^pg_'
   AND (t.oid = (SELECT d.dattablespace FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE c.reltablespace = t.oid))
 ORDER BY t.spcname
