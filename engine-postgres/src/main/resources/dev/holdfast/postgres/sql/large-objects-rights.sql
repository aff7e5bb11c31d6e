-- Statements that give large objects their owners and rights; in a database that has plpgsql, many objects with equal ones at
-- once. Rights are granted in the order in which they were, each by whoever granted it.
WITH objects AS (
  SELECT m.oid, m.lomowner, m.lomacl::text AS acl,
         (pg_catalog.row_number() OVER (PARTITION BY m.lomowner, m.lomacl::text ORDER BY m.oid) - 1)
           / (SELECT CASE pg_catalog.count(*) WHEN 0 THEN 1 ELSE 1000 END
                FROM pg_catalog.pg_language WHERE lanname = 'plpgsql') AS batch
    FROM pg_catalog.pg_largeobject_metadata m),
batches AS (
  SELECT pg_catalog.array_agg(o.oid ORDER BY o.oid) AS oids, pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(o.lomowner)) AS owner,
         o.lomowner, o.acl
    FROM objects o GROUP BY o.lomowner, o.acl, o.batch),
steps AS (
  SELECT b.oids, 0 AS step, '' AS by_role, 'ALTER LARGE OBJECT ' AS head, ' OWNER TO ' || b.owner AS tail FROM batches b
  UNION ALL
  SELECT b.oids, 1, '', 'REVOKE ALL ON LARGE OBJECT ', ' FROM PUBLIC, ' || b.owner FROM batches b WHERE b.acl IS NOT NULL
  UNION ALL
  SELECT b.oids, 1 + a.position,
         CASE a.grantor WHEN b.lomowner THEN '' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantor)) END,
         'GRANT ' || a.privilege_type || ' ON LARGE OBJECT ',
         ' TO ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END
           || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM batches b
   CROSS JOIN LATERAL pg_catalog.aclexplode(nullif(b.acl, '{}')::pg_catalog.aclitem[]) WITH ORDINALITY AS a (grantor, grantee, privilege_type, is_grantable, position))
SELECT CASE WHEN s.by_role = '' THEN '' ELSE 'SET ROLE ' || s.by_role || '; ' END
       || CASE pg_catalog.cardinality(s.oids) WHEN 1 THEN s.head || s.oids[1] || s.tail || ';'
          ELSE pg_catalog.format('DO LANGUAGE plpgsql %L;', pg_catalog.format(
                 'DECLARE o pg_catalog.oid; BEGIN FOREACH o IN ARRAY %L::pg_catalog.oid[] LOOP EXECUTE %L || o || %L; END LOOP; END',
                 s.oids, s.head, s.tail)) END
       || CASE WHEN s.by_role = '' THEN '' ELSE ' RESET ROLE;' END
  FROM steps s ORDER BY s.step, s.head, s.tail, s.oids[1]
