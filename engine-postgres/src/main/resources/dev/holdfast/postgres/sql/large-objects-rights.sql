-- Statements that give large objects their owners and rights; in a database that has plpgsql, many objects with equal ones at
-- once. Each right is granted by whoever granted it, and nobody grants before having the right to: the order of an access list
-- says nothing of that. Steps are counted from the owner; in a list that changed its owner they can go around in a circle.
WITH RECURSIVE objects AS (
  SELECT m.oid, m.lomowner, m.lomacl::text AS acl,
         (pg_catalog.row_number() OVER (PARTITION BY m.lomowner, m.lomacl::text ORDER BY m.oid) - 1)
           / (SELECT CASE pg_catalog.count(*) WHEN 0 THEN 1 ELSE 1000 END
                FROM pg_catalog.pg_language WHERE lanname = 'plpgsql') AS batch
    FROM pg_catalog.pg_largeobject_metadata m),
batches AS (
  SELECT pg_catalog.array_agg(o.oid ORDER BY o.oid) AS oids, pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(o.lomowner)) AS owner,
         o.lomowner, o.acl
    FROM objects o GROUP BY o.lomowner, o.acl, o.batch),
rights AS (
  SELECT d.lomowner, d.acl, a.grantor, a.grantee, a.privilege_type, a.is_grantable,
         pg_catalog.count(*) OVER (PARTITION BY d.lomowner, d.acl) AS most
    FROM (SELECT DISTINCT lomowner, acl FROM objects) d
   CROSS JOIN LATERAL pg_catalog.aclexplode(nullif(d.acl, '{}')::pg_catalog.aclitem[]) a),
reached AS (
  SELECT r.*, 1::bigint AS step FROM rights r WHERE r.grantor = r.lomowner
  UNION
  SELECT r.*, g.step + 1
    FROM reached g
    JOIN rights r ON r.lomowner = g.lomowner AND r.acl = g.acl
                  AND r.privilege_type = g.privilege_type AND r.grantor = g.grantee
   WHERE g.is_grantable AND g.step < g.most),
granted AS (
  SELECT lomowner, acl, grantor, grantee, privilege_type, is_grantable, coalesce(pg_catalog.min(g.step), r.most + 1) AS step
    FROM rights r LEFT JOIN reached g USING (lomowner, acl, grantor, grantee, privilege_type, is_grantable)
   GROUP BY 1, 2, 3, 4, 5, 6, r.most),
steps AS (
  SELECT b.oids, 0 AS step, '' AS by_role, 'ALTER LARGE OBJECT ' AS head, ' OWNER TO ' || b.owner AS tail FROM batches b
  UNION ALL
  SELECT b.oids, 1, '', 'REVOKE ALL ON LARGE OBJECT ', ' FROM PUBLIC, ' || b.owner FROM batches b WHERE b.acl IS NOT NULL
  UNION ALL
  SELECT b.oids, 1 + g.step,
         CASE g.grantor WHEN b.lomowner THEN '' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantor)) END,
         'GRANT ' || g.privilege_type || ' ON LARGE OBJECT ',
         ' TO ' || CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END
           || CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    FROM batches b JOIN granted g USING (lomowner, acl))
SELECT CASE WHEN s.by_role = '' THEN '' ELSE 'SET ROLE ' || s.by_role || '; ' END
       || CASE pg_catalog.cardinality(s.oids) WHEN 1 THEN s.head || s.oids[1] || s.tail || ';'
          ELSE pg_catalog.format('DO LANGUAGE plpgsql %L;', pg_catalog.format(
                 'DECLARE o pg_catalog.oid; BEGIN FOREACH o IN ARRAY %L::pg_catalog.oid[] LOOP EXECUTE %L || o || %L; END LOOP; END',
                 s.oids, s.head, s.tail)) END
       || CASE WHEN s.by_role = '' THEN '' ELSE ' RESET ROLE;' END
  FROM steps s ORDER BY s.step, s.head, s.tail, s.oids[1]
