-- Which tables' rows are deleted, or changed, with the rows of others.
SELECT fn.nspname, f.relname, tn.nspname, t.relname,
       CASE k.confdeltype WHEN 'c' THEN 'ON DELETE CASCADE' WHEN 'n' THEN 'ON DELETE SET NULL' ELSE 'ON DELETE SET DEFAULT' END
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class f ON f.oid = k.conrelid JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
  JOIN pg_catalog.pg_class t ON t.oid = k.confrelid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
 WHERE k.contype = 'f' AND k.confdeltype IN ('c', 'n', 'd') AND f.oid <> t.oid
 ORDER BY 1, 2, 3, 4
