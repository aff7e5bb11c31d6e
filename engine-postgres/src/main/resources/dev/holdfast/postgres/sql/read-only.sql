-- Why sessions like this one cannot write: a standby, or where the setting comes from; no row when they can.
SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN 'standby' ELSE source END
  FROM pg_catalog.pg_settings
 WHERE name = 'default_transaction_read_only' AND (setting = 'on' OR pg_catalog.pg_is_in_recovery())
