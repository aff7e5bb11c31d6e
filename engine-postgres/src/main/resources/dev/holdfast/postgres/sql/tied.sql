-- What is tied to the database of a number and would stay with it.
SELECT 'logical replication slot ' || slot_name,
       'drop it, and make it again in the restored database: SELECT pg_drop_replication_slot(' || pg_catalog.quote_literal(slot_name) || ')'
  FROM pg_catalog.pg_replication_slots WHERE datoid = %1$s
UNION ALL
SELECT 'subscription ' || subname,
       'drop it, and make it again in the restored database: DROP SUBSCRIPTION ' || pg_catalog.quote_ident(subname)
  FROM pg_catalog.pg_subscription WHERE subdbid = %1$s
UNION ALL
SELECT 'prepared transaction ' || gid, 'COMMIT PREPARED or ROLLBACK PREPARED ' || pg_catalog.quote_literal(gid)
  FROM pg_catalog.pg_prepared_xacts x JOIN pg_catalog.pg_database d ON d.datname = x.database WHERE d.oid = %1$s
 ORDER BY 1
