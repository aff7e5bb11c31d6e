-- How often the transaction has inserted, deleted and updated rows of a table; no row when the server does not count.
SELECT s.n_tup_ins, s.n_tup_del, s.n_tup_upd
  FROM pg_catalog.pg_stat_xact_all_tables s
 WHERE s.relid = %s AND pg_catalog.current_setting('track_counts') = 'on'
