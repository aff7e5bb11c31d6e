-- How many of the sessions of an array, %1$s, are still in the database of a number, %2$s, and have done something since %3$s, or may have.
SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_activity a
 WHERE a.pid = ANY (%1$s) AND a.datid = %2$s AND coalesce(a.state_change >= %3$s::timestamptz OR a.state = 'active', true)
