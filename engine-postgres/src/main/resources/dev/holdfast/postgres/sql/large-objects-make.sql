-- Statements that make large objects, empty, with their comments and labels. Few at once, since each may hold a lock.
SELECT pg_catalog.format('SELECT pg_catalog.count(pg_catalog.lo_create(o)) FROM pg_catalog.unnest(%L::pg_catalog.oid[]) AS o;',
         pg_catalog.array_agg(n.oid))
  FROM (SELECT m.oid, (pg_catalog.row_number() OVER (ORDER BY m.oid) - 1) / 1000 AS batch
          FROM pg_catalog.pg_largeobject_metadata m) n
 GROUP BY n.batch
UNION ALL
SELECT pg_catalog.format('COMMENT ON LARGE OBJECT %s IS %L;', d.objoid, d.description)
  FROM pg_catalog.pg_description d WHERE d.classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
UNION ALL
SELECT pg_catalog.format('SECURITY LABEL FOR %I ON LARGE OBJECT %s IS %L;', l.provider, l.objoid, l.label)
  FROM pg_catalog.pg_seclabel l WHERE l.classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass
