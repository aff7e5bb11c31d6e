-- Materialized views that hold rows, those that others are made from first; and whether each can be refreshed: one that
-- is made, by whatever way, from one that holds no rows cannot.
WITH RECURSIVE
views AS (SELECT oid FROM pg_catalog.pg_class WHERE relkind IN ('m', 'v')),
edges AS (SELECT DISTINCT r.ev_class AS view, d.refobjid AS needs
            FROM pg_catalog.pg_rewrite r
            JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.oid
             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
           WHERE d.refobjid <> r.ev_class
             AND r.ev_class IN (SELECT oid FROM views) AND d.refobjid IN (SELECT oid FROM views)),
depth AS (SELECT oid, 0 AS level FROM views
          UNION SELECT e.view, depth.level + 1 FROM depth JOIN edges e ON e.needs = depth.oid WHERE depth.level < 1000),
empty AS (SELECT oid FROM pg_catalog.pg_class WHERE relkind = 'm' AND NOT relispopulated
          UNION SELECT e.view FROM empty JOIN edges e ON e.needs = empty.oid)
SELECT n.nspname, c.relname, c.oid NOT IN (SELECT oid FROM empty) AS can_be
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN depth ON depth.oid = c.oid
 WHERE c.relkind = 'm' AND c.relispopulated
 GROUP BY n.nspname, c.relname, c.oid ORDER BY max(depth.level), n.nspname, c.relname
