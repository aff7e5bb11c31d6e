-- golang-migrate 4, written by hand after its documented table, not made by the tool: it keeps the last version alone.
CREATE TABLE public.schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO public.schema_migrations VALUES (20240305090000, false);
