-- Flyway 11.8.2: five migrations, one of them repeatable, and then one outside of a transaction that failed in its second
-- statement. The tool: 1, 2, 2.1 and 2.10 success, 3 failed.
CREATE TABLE public.flyway_schema_history (
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
INSERT INTO public.flyway_schema_history VALUES (1, '1', 'users', 'SQL', 'V1__users.sql', -1182101903, 'postgres', '2026-11-21 08:56:06.132473', 30, true);
INSERT INTO public.flyway_schema_history VALUES (2, '2', 'orders', 'SQL', 'V2__orders.sql', 1179996184, 'postgres', '2026-11-21 08:56:06.24545', 24, true);
INSERT INTO public.flyway_schema_history VALUES (3, '2.1', 'order note', 'SQL', 'V2.1__order_note.sql', 2069125806, 'postgres', '2026-11-21 08:56:06.318534', 12, true);
INSERT INTO public.flyway_schema_history VALUES (4, '2.10', 'order index', 'SQL', 'V2.10__order_index.sql', -36722682, 'postgres', '2026-11-21 08:56:06.383655', 23, true);
INSERT INTO public.flyway_schema_history VALUES (5, NULL, 'views', 'SQL', 'R__views.sql', -1466044959, 'postgres', '2026-11-21 08:56:06.399939', 2, true);
INSERT INTO public.flyway_schema_history VALUES (6, '3', 'broken', 'SQL', 'V3__broken.sql', 1568474212, 'postgres', '2026-11-21 08:56:10.794645', 27, false);
ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);
CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);
