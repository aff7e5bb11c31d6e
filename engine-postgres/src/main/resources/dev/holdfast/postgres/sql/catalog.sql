-- What rows, their text and the sequences depend on: a line for each object, its name for people first. No lock of ours
-- keeps a label or a schema from being renamed and named back again; that shows in the transaction that wrote it.
WITH used AS (SELECT DISTINCT a.atttypid AS oid FROM pg_catalog.pg_attribute a WHERE a.attrelid >= 16384 AND a.attnum > 0)
SELECT CASE c.relkind WHEN 'S' THEN 'sequence ' WHEN 'c' THEN 'type ' ELSE 'table ' END
         || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname),
       pg_catalog.concat_ws(' ', c.oid, c.relfilenode, s.seqtypid, s.seqstart, s.seqincrement, s.seqmax, s.seqmin,
         s.seqcycle, (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, pg_catalog.quote_ident(a.attname),
                               a.atttypid, a.atttypmod, a.attgenerated), ',' ORDER BY a.attnum)
                        FROM pg_catalog.pg_attribute a
                       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped))
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
 WHERE (c.relkind IN ('r', 'p', 'S', 'c')
        OR c.relkind IN ('f', 'v', 'm') AND EXISTS (SELECT 1 FROM pg_catalog.pg_type t JOIN used u ON u.oid IN (t.oid, t.typarray)
                                                     WHERE t.oid = c.reltype))
   AND c.relpersistence <> 't'
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
UNION ALL
SELECT 'type ' || pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.typname),
       pg_catalog.concat_ws(' ', e.oid, e.enumlabel, e.xmin)
  FROM pg_catalog.pg_enum e
  JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
UNION ALL
SELECT 'schema ' || pg_catalog.quote_ident(n.nspname), pg_catalog.concat_ws(' ', n.oid, n.xmin)
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
