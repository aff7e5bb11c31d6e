-- goose 3, written by hand after its documented table and statements, not made by the tool: two migrations, and one that an
-- older goose took down by a row of its own.
CREATE TABLE public.goose_db_version (
    id serial NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now(),
    PRIMARY KEY (id)
);
INSERT INTO public.goose_db_version (version_id, is_applied) VALUES (0, true);
INSERT INTO public.goose_db_version (version_id, is_applied) VALUES (20240101120000, true);
INSERT INTO public.goose_db_version (version_id, is_applied) VALUES (20240305090000, true);
INSERT INTO public.goose_db_version (version_id, is_applied) VALUES (20240405090000, true);
INSERT INTO public.goose_db_version (version_id, is_applied) VALUES (20240405090000, false);
