-- golang-migrate 4, written by hand after its documented table, not made by the tool: the last migration failed.
CREATE TABLE public.schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
INSERT INTO public.schema_migrations VALUES (20240405090000, true);
