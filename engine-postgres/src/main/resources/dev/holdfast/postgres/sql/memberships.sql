-- Statements that make some roles members of each other. From 16 on a membership has options, and whoever gave it must have got
-- the right to before. It is the restorer's where it was the server's first superuser's or somebody's who is not among the roles.
WITH RECURSIVE granted AS (
  SELECT m.roleid, m.member, m.admin_option, (o.options ->> 'inherit_option')::bool AS inherit_option,
         (o.options ->> 'set_option')::bool AS set_option,
         CASE WHEN o.options ->> 'set_option' IS NOT NULL AND m.grantor <> 10 AND m.grantor = ANY (r.oids) THEN m.grantor END AS grantor
    FROM (SELECT %s::pg_catalog.oid[] AS oids) r
    JOIN pg_catalog.pg_auth_members m ON m.roleid = ANY (r.oids) AND m.member = ANY (r.oids)
         AND pg_catalog.pg_get_userbyid(m.member) !~ '^pg_'
   CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(m) AS options) o),
reached AS (
  SELECT g.*, 0 AS step FROM granted g WHERE g.grantor IS NULL
  UNION
  SELECT g.*, r.step + 1
    FROM reached r JOIN granted g ON g.roleid = r.roleid AND g.grantor = r.member
   WHERE r.admin_option AND r.step < (SELECT pg_catalog.count(*) FROM granted)),
given AS (
  SELECT g.roleid, g.member, r.grantor, pg_catalog.bool_or(g.admin_option) AS admin, pg_catalog.bool_or(g.inherit_option) AS inherit,
         pg_catalog.bool_or(g.set_option) AS set, pg_catalog.min(r.step) AS step
    FROM granted g
    LEFT JOIN reached r ON r.roleid = g.roleid AND r.member = g.member AND r.grantor IS NOT DISTINCT FROM g.grantor
   GROUP BY g.roleid, g.member, r.grantor)
SELECT pg_catalog.format('GRANT %%I TO %%I%%s%%s;', pg_catalog.pg_get_userbyid(g.roleid), pg_catalog.pg_get_userbyid(g.member),
         CASE WHEN g.set IS NOT NULL THEN pg_catalog.format(' WITH ADMIN %%s, INHERIT %%s, SET %%s', g.admin::text, g.inherit::text, g.set::text)
              WHEN g.admin THEN ' WITH ADMIN OPTION' END,
         ' GRANTED BY ' || pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(g.grantor)))
  FROM given g
 ORDER BY g.step, pg_catalog.pg_get_userbyid(g.roleid), pg_catalog.pg_get_userbyid(g.member), g.grantor
