SELECT pg_catalog.pg_export_snapshot(), pg_catalog.clock_timestamp(), pg_catalog.pg_is_in_recovery(),
       pg_catalog.pg_postmaster_start_time()::text, pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text,
       CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
            ELSE pg_catalog.pg_current_wal_insert_lsn() END::text
