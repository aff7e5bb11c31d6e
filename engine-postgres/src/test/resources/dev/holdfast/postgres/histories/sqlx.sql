-- sqlx 0.8, written by hand after its documented table, not made by the tool: two migrations, and one that failed.
CREATE TABLE public._sqlx_migrations (
    version bigint PRIMARY KEY,
    description text NOT NULL,
    installed_on timestamp with time zone NOT NULL DEFAULT now(),
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
INSERT INTO public._sqlx_migrations VALUES (20240101120000, 'users', '2026-11-21 09:00:00+00', true, '\x01', 1200345);
INSERT INTO public._sqlx_migrations VALUES (20240305090000, 'orders', '2026-11-21 09:00:01+00', true, '\x02', 1100345);
INSERT INTO public._sqlx_migrations VALUES (20240405090000, 'broken', '2026-11-21 09:00:02+00', false, '\x03', -1);
