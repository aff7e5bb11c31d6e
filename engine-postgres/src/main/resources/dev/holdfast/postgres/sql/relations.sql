-- What pg_dump would dump rows of: tables and leaves of partitioned ones, also unlogged; of an extension's tables only
-- those that it registered as configuration, by their filter. A standby has nothing of unlogged ones. Page ranges can be
-- asked for only with the right to read the table as such, not just all its columns. Partitioned tables whose hash is
-- another one in each database stand for their leaves: hashes of enums and oids, of what can hold them, of own types, and
-- by ICU's rules.
WITH RECURSIVE
rehashed AS (
  SELECT p.partrelid AS root
    FROM pg_catalog.pg_partitioned_table p
   WHERE p.partstrat = 'h'
     AND (EXISTS (SELECT 1 FROM pg_catalog.pg_opclass o
                   WHERE o.oid = ANY (p.partclass::pg_catalog.oid[])
                     AND (o.opcnamespace <> 'pg_catalog'::pg_catalog.regnamespace
                          OR o.opcintype = ANY ('{anyenum,anyarray,record,anyrange,anymultirange,oid,aclitem}'::pg_catalog.regtype[])))
          OR EXISTS (SELECT 1 FROM pg_catalog.pg_collation c
                      WHERE c.oid = ANY (p.partcollation::pg_catalog.oid[]) AND NOT c.collisdeterministic))),
below AS (
  SELECT root, root AS oid FROM rehashed
  UNION SELECT b.root, i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.oid),
leaves AS (
  SELECT b.root, c.oid, n.nspname::text AS schema, c.relname::text AS name
    FROM below b JOIN pg_catalog.pg_class c ON c.oid = b.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind = 'r' AND (c.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
     AND b.root NOT IN (SELECT other.oid FROM below other WHERE other.oid <> other.root))
SELECT c.oid::bigint, n.nspname, c.relname, c.relfilenode::bigint,
       CASE WHEN pg_catalog.has_table_privilege(c.oid, 'SELECT') THEN coalesce(am.amname, '') ELSE '' END AS access_method,
       coalesce((SELECT e.extcondition[pg_catalog.array_position(e.extconfig, c.oid)]
                   FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)), '') AS filter,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
              ORDER BY a.attnum) AS columns,
       ARRAY(SELECT a.attname::text
               FROM pg_catalog.pg_index i
              CROSS JOIN pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
               JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
              WHERE i.indrelid = c.oid AND i.indisprimary AND k.place <= i.indnkeyatts
              ORDER BY k.place) AS key,
       ARRAY(SELECT l.schema FROM leaves l WHERE l.root = c.oid ORDER BY l.schema, l.name) AS leaf_schemas,
       ARRAY(SELECT l.name FROM leaves l WHERE l.root = c.oid ORDER BY l.schema, l.name) AS leaf_names,
       EXISTS (SELECT 1 FROM below b JOIN pg_catalog.pg_class f ON f.oid = b.oid
                WHERE b.root = c.oid AND f.relkind = 'f') AS has_foreign_leaf,
       EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                WHERE d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
                  AND (d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                       AND d.objid IN (SELECT i.indexrelid FROM pg_catalog.pg_index i
                                        WHERE i.indrelid = c.oid OR i.indrelid IN (SELECT l.oid FROM leaves l WHERE l.root = c.oid))
                       OR d.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
                       AND d.objid IN (SELECT x.oid FROM pg_catalog.pg_statistic_ext x
                                        WHERE x.stxrelid = c.oid OR x.stxrelid IN (SELECT l.oid FROM leaves l WHERE l.root = c.oid)))
              ) AS plans_run_code
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
 WHERE c.relpersistence <> 't' AND (c.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (c.relkind = 'r' AND c.oid NOT IN (SELECT l.oid FROM leaves l)
        OR c.relkind = 'p' AND c.oid IN (SELECT l.root FROM leaves l))
   AND (NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_extension e WHERE c.oid = ANY (e.extconfig)))
 ORDER BY n.nspname, c.relname
