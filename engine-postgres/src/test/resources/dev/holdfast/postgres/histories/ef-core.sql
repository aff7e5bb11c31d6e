-- EF Core, written by hand after its documented table, not made by the tool: two migrations.
CREATE TABLE public."__EFMigrationsHistory" (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL,
    CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId")
);
INSERT INTO public."__EFMigrationsHistory" VALUES ('20240101120000_Users', '8.0.3');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20240305090000_Orders', '8.0.3');
