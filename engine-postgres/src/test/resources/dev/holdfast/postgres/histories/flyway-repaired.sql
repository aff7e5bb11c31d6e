-- Flyway 11.8.2, which was told to make the schema "shop", and does not count that as a migration; then the file of 2.1 went,
-- and "repair" marked that one as deleted. The tool: 2 and 2.10 success, current 2.10.
CREATE SCHEMA shop;
CREATE TABLE shop.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);
INSERT INTO shop.flyway_schema_history VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"shop"', NULL, 'postgres', '2026-11-21 09:03:13.615815', 0, true);
INSERT INTO shop.flyway_schema_history VALUES (1, '2', 'orders', 'SQL', 'V2__orders.sql', 1179996184, 'postgres', '2026-11-21 09:03:13.657683', 5, true);
INSERT INTO shop.flyway_schema_history VALUES (2, '2.1', 'order note', 'SQL', 'V2.1__order_note.sql', 2069125806, 'postgres', '2026-11-21 09:03:13.671774', 5, true);
INSERT INTO shop.flyway_schema_history VALUES (3, '2.10', 'order index', 'SQL', 'V2.10__order_index.sql', -36722682, 'postgres', '2026-11-21 09:03:13.690403', 9, true);
INSERT INTO shop.flyway_schema_history VALUES (4, '2.1', 'order note', 'DELETE', 'V2.1__order_note.sql', 2069125806, 'postgres', '2026-11-21 09:03:15.713468', 0, true);
ALTER TABLE ONLY shop.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
CREATE INDEX flyway_schema_history_s_idx ON shop.flyway_schema_history USING btree (success);
