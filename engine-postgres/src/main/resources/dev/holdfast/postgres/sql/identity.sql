SELECT d.oid::text, d.datname, pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,
       pg_catalog.current_setting('server_version'), pg_catalog.current_setting('server_version_num')::int,
       pg_catalog.current_setting('block_size')::int, pg_catalog.clock_timestamp()
  FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
