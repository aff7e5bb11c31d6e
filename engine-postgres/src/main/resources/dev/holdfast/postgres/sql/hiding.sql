-- The process that answers; and settings that are on and make damaged pages look empty, or whole. Asked before anything
-- is pinned.
SELECT pg_catalog.pg_backend_pid(), coalesce(pg_catalog.string_agg(name, ','), '')
  FROM pg_catalog.unnest(ARRAY['zero_damaged_pages', 'ignore_checksum_failure']) AS name
 WHERE pg_catalog.current_setting(name) OPERATOR(pg_catalog.<>) 'off'
