-- Tables of extensions that are dumped whole.
SELECT n.nspname, c.relname
  FROM pg_catalog.pg_extension e
 CROSS JOIN LATERAL pg_catalog.generate_subscripts(e.extconfig, 1) AS i
  JOIN pg_catalog.pg_class c ON c.oid = e.extconfig[i]
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND e.extcondition[i] = ''
 ORDER BY n.nspname, c.relname
