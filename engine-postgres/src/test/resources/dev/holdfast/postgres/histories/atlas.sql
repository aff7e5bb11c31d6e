-- Atlas, written by hand after the table in its public source, not made by the tool: two migrations, and one that stopped at
-- its second statement. The first row is none: Atlas keeps an identifier there.
CREATE SCHEMA atlas_schema_revisions;
CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (
    version character varying NOT NULL PRIMARY KEY,
    description character varying NOT NULL,
    type bigint DEFAULT 2 NOT NULL,
    applied bigint DEFAULT 0 NOT NULL,
    total bigint DEFAULT 0 NOT NULL,
    executed_at timestamp with time zone NOT NULL,
    execution_time bigint NOT NULL,
    error text,
    error_stmt text,
    hash character varying NOT NULL,
    partial_hashes jsonb,
    operator_version character varying NOT NULL
);
INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('.atlas_cloud_identifier', '5a1c', 2, 0, 0, '2026-11-21 09:00:00+00', 0, '', '', '', 'null', 'Atlas CLI');
INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('20240101120000', 'users', 2, 1, 1, '2026-11-21 09:00:01+00', 1200345, '', '', 'h1', 'null', 'Atlas CLI');
INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('20240305090000', 'orders', 2, 2, 2, '2026-11-21 09:00:02+00', 1100345, '', '', 'h2', 'null', 'Atlas CLI');
INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('20240405090000', 'broken', 2, 1, 2, '2026-11-21 09:00:03+00', 1000345, 'relation "nothing" does not exist', 'SELECT * FROM nothing;', 'h3', '["h4"]', 'Atlas CLI');
