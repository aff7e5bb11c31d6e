-- Constraints that rows may break: for people, and by name.
SELECT pg_catalog.format('%I on %s', c.conname,
         CASE WHEN c.conrelid <> 0 THEN c.conrelid::pg_catalog.regclass::text ELSE c.contypid::pg_catalog.regtype::text END),
       c.conname
  FROM pg_catalog.pg_constraint c
 WHERE NOT c.convalidated
 ORDER BY 1
