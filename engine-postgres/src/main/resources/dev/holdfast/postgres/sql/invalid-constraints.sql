-- Constraints that rows may break although they are enforced (all are before 18): the table or domain as pg_dump spells it, and the constraint.
SELECT pg_catalog.format('%I.%I %I', n.nspname, coalesce(r.relname, t.typname), c.conname)
  FROM pg_catalog.pg_constraint c
  LEFT JOIN pg_catalog.pg_class r ON r.oid = c.conrelid
  LEFT JOIN pg_catalog.pg_type t ON t.oid = c.contypid
  JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(r.relnamespace, t.typnamespace)
 WHERE NOT c.convalidated AND coalesce((pg_catalog.to_jsonb(c) ->> 'conenforced')::boolean, true)
 ORDER BY 1
