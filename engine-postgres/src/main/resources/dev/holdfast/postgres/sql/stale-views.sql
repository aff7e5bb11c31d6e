-- Materialized views that hold rows and are made, by whatever way, from tables that were written; those that others are
-- made from first. %s are the tables.
WITH RECURSIVE
written AS (SELECT pg_catalog.unnest(%s) AS oid),
edges AS (SELECT DISTINCT r.ev_class AS view, d.refobjid AS needs
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
           WHERE d.refobjid <> r.ev_class),
above AS (
  SELECT oid FROM written
  UNION SELECT i.inhparent FROM above JOIN pg_catalog.pg_inherits i ON i.inhrelid = above.oid),
stale AS (
  SELECT oid, 0 AS level FROM above
  UNION SELECT e.view, stale.level + 1 FROM stale JOIN edges e ON e.needs = stale.oid WHERE stale.level < 1000)
SELECT pg_catalog.format('REFRESH MATERIALIZED VIEW %%I.%%I', n.nspname, c.relname)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN stale ON stale.oid = c.oid
 WHERE c.relkind = 'm' AND c.relispopulated
 GROUP BY n.nspname, c.relname ORDER BY max(stale.level), n.nspname, c.relname
