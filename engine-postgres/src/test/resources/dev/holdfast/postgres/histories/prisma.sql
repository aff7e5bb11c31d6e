-- Prisma 6.19 (migrate deploy): two migrations, and one that failed. The tool: 20240405090000_broken failed.
-- Made through Prisma's adapter for the driver pg, changed to read columns of type name.
CREATE TABLE public._prisma_migrations (
    id character varying(36) NOT NULL,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);
INSERT INTO public._prisma_migrations VALUES ('9f3e3ae7-db0b-41dc-b1c8-5f9e3caa8e87', '1e12eaedaed7b41a44643a64eedd05925a528302cb561dc430a58134034df01f', '2026-11-21 09:00:29.384+00', '20240101120000_users', NULL, NULL, '2026-11-21 09:00:29.371+00', 1);
INSERT INTO public._prisma_migrations VALUES ('1d70b29d-8dc0-4400-88c7-9e3785433b1f', 'bb05ce778f300a0ea4566205089dfe54af50449b66c84a5e16419e593e178bba', '2026-11-21 09:00:29.392+00', '20240305090000_orders', NULL, NULL, '2026-11-21 09:00:29.385+00', 1);
INSERT INTO public._prisma_migrations VALUES ('fef1352b-2fe9-4646-aa4f-cc55e1cb53d4', 'e93f8e6e9829628f639704cd445a9eac40bd0bb941697e2238e03ba6001b7364', NULL, '20240405090000_broken', 'external connector error
Error accessing result set, column not found: nothing
   0: sql_schema_connector::apply_migration::apply_script
           with migration_name="20240405090000_broken"
             at schema-engine/connectors/sql-schema-connector/src/apply_migration.rs:113
   1: schema_commands::commands::apply_migrations::Applying migration
           with migration_name="20240405090000_broken"
             at schema-engine/commands/src/commands/apply_migrations.rs:95
   2: schema_engine_wasm::wasm::engine::ApplyMigrations
             at schema-engine/schema-engine-wasm/src/wasm/engine.rs:167', NULL, '2026-11-21 09:00:40.947+00', 0);
ALTER TABLE ONLY public._prisma_migrations
    ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);
