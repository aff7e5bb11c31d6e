-- Diesel 2, written by hand after its documented table, not made by the tool: its own first migration, and two more.
CREATE TABLE public.__diesel_schema_migrations (
    version character varying(50) PRIMARY KEY NOT NULL,
    run_on timestamp without time zone NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO public.__diesel_schema_migrations (version) VALUES ('00000000000000');
INSERT INTO public.__diesel_schema_migrations (version) VALUES ('20240101120000');
INSERT INTO public.__diesel_schema_migrations (version) VALUES ('20240305090000');
