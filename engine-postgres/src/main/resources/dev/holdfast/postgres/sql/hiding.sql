-- Settings that are on and make damaged pages look empty, or whole.
SELECT name FROM pg_catalog.unnest(ARRAY['zero_damaged_pages', 'ignore_checksum_failure']) AS name
 WHERE pg_catalog.current_setting(name) <> 'off'
