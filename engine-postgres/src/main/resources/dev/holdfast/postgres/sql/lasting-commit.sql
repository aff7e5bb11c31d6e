-- What is reported as committed must outlast a crash; a role or a database may have it otherwise.
SELECT pg_catalog.set_config('synchronous_commit', 'on', false) WHERE pg_catalog.current_setting('synchronous_commit') = 'off'
