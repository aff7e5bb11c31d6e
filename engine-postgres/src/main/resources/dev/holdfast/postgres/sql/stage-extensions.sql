-- What extensions brought can be commented on, and their own tables filled, by the role that restores.
UPDATE pg_catalog.pg_extension SET extowner = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = '%1$s');
DO $$ DECLARE command text; BEGIN
  FOR command IN
    SELECT pg_catalog.format('GRANT ALL ON %%s %%I.%%I TO %1$s', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, c.relname)
      FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class c ON c.oid = d.objid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype = 'e' AND c.relkind IN ('r', 'p', 'S', 'v', 'm', 'f')
    UNION ALL SELECT pg_catalog.format('GRANT USAGE ON FOREIGN DATA WRAPPER %%I TO PUBLIC', fdwname) FROM pg_catalog.pg_foreign_data_wrapper
  LOOP
    EXECUTE command;
  END LOOP;
END $$
