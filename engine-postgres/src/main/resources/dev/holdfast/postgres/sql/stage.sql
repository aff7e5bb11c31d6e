-- A role without rights can own everything that is made in this database, and give it away.
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'public') THEN
    ALTER SCHEMA public OWNER TO %1$s;
    GRANT ALL ON SCHEMA public TO PUBLIC;
  END IF;
END $$;
ALTER DEFAULT PRIVILEGES FOR ROLE %1$s GRANT ALL ON SCHEMAS TO PUBLIC
