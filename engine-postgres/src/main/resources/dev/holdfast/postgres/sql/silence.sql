-- What would react to rows that are written, or refuse them, although they were all there before: how it is silenced, and
-- how it is put back as it was. %1$s are the tables, %2$s is how triggers and rules are enabled that fire in this session,
-- %3$s whether foreign keys are looked at in it.
WITH RECURSIVE
written AS (SELECT pg_catalog.unnest(%1$s) AS oid),
key AS (
  SELECT k.oid, k.conparentid FROM pg_catalog.pg_constraint k
   WHERE %3$s AND k.contype = 'f' AND (k.conrelid IN (SELECT oid FROM written) OR k.confrelid IN (SELECT oid FROM written))
  UNION SELECT above.oid, above.conparentid FROM key JOIN pg_catalog.pg_constraint above ON above.oid = key.conparentid),
under AS ( -- the keys of partitions, which go with the one above them
  SELECT oid AS top, oid, conrelid, conname, 0 AS depth FROM pg_catalog.pg_constraint WHERE oid IN (SELECT oid FROM key WHERE conparentid = 0)
  UNION ALL
  SELECT u.top, k.oid, k.conrelid, k.conname, u.depth + 1
    FROM under u JOIN pg_catalog.pg_constraint k ON k.conparentid = u.oid AND k.conrelid <> u.conrelid),
adopted AS ( -- those among them with a name or a comment of their own: made first, they are taken for the partition's
  SELECT u.top, u.depth,
         pg_catalog.format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', u.conrelid::pg_catalog.regclass, u.conname, pg_catalog.pg_get_constraintdef(u.oid))
           || coalesce(pg_catalog.format('; COMMENT ON CONSTRAINT %%I ON %%s IS %%L', u.conname, u.conrelid::pg_catalog.regclass,
                              pg_catalog.obj_description(u.oid, 'pg_constraint')), '') AS made
    FROM under u JOIN pg_catalog.pg_constraint t ON t.oid = u.top
   WHERE u.depth > 0 AND (u.conname <> t.conname OR pg_catalog.obj_description(u.oid, 'pg_constraint') IS NOT NULL)),
family AS (
  SELECT oid FROM written
  UNION SELECT i.inhparent FROM family JOIN pg_catalog.pg_inherits i ON i.inhrelid = family.oid),
used AS (
  SELECT a.atttypid AS oid FROM pg_catalog.pg_attribute a WHERE a.attrelid IN (SELECT oid FROM written) AND a.attnum > 0
  UNION SELECT below.oid FROM used JOIN pg_catalog.pg_type t ON t.oid = used.oid
         CROSS JOIN LATERAL ( -- what it is based on or made of
           SELECT t.typbasetype UNION ALL SELECT t.typelem
           UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)
           UNION ALL SELECT f.atttypid FROM pg_catalog.pg_attribute f WHERE f.attrelid = t.typrelid AND f.attnum > 0) AS below (oid)
        WHERE below.oid <> 0),
unproven AS (
  SELECT k.* FROM pg_catalog.pg_constraint k
   WHERE NOT k.convalidated AND k.contype <> 'f' AND k.coninhcount = 0
     AND (k.conrelid IN (SELECT oid FROM family) OR k.contypid IN (SELECT oid FROM used))
     AND NOT EXISTS ( -- what cannot go, or would not come back as it was: a key needs it, or a child has it in a way of its own
       WITH RECURSIVE below AS (
         SELECT k.conrelid AS oid
         UNION SELECT h.inhrelid FROM below JOIN pg_catalog.pg_inherits h ON h.inhparent = below.oid)
       SELECT 1 FROM below LEFT JOIN pg_catalog.pg_constraint o ON o.conrelid = below.oid AND o.oid <> k.oid AND o.contype = k.contype
        WHERE k.contype = 'n' AND (o.coninhcount > 0 OR EXISTS (
                SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = below.oid AND i.indisprimary AND k.conkey[1] = ANY (i.indkey)))
           OR k.contype <> 'n' AND o.coninhcount > 0 AND o.conname = k.conname
              AND (o.convalidated OR o.conislocal OR pg_catalog.obj_description(o.oid, 'pg_constraint') IS NOT NULL)))
SELECT 1 AS place, pg_catalog.format('ALTER TABLE ONLY %%s DISABLE TRIGGER %%I', t.tgrelid::pg_catalog.regclass, t.tgname) AS silence,
       pg_catalog.format('ALTER TABLE ONLY %%s ENABLE %%s TRIGGER %%I', t.tgrelid::pg_catalog.regclass,
              CASE t.tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, t.tgname) AS put_back
  FROM pg_catalog.pg_trigger t
 WHERE t.tgrelid IN (SELECT oid FROM written) AND NOT t.tgisinternal AND t.tgenabled IN (%2$s)
UNION ALL
SELECT 2, pg_catalog.format('ALTER TABLE ONLY %%s DISABLE RULE %%I', r.ev_class::pg_catalog.regclass, r.rulename),
       pg_catalog.format('ALTER TABLE ONLY %%s ENABLE %%s RULE %%I', r.ev_class::pg_catalog.regclass,
              CASE r.ev_enabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, r.rulename)
  FROM pg_catalog.pg_rewrite r
 WHERE r.ev_class IN (SELECT oid FROM written) AND r.ev_enabled IN (%2$s)
UNION ALL
SELECT 3, pg_catalog.format('ALTER TABLE ONLY %%s REPLICA IDENTITY FULL', c.oid::pg_catalog.regclass),
       pg_catalog.format('ALTER TABLE ONLY %%s REPLICA IDENTITY %%s', c.oid::pg_catalog.regclass,
              CASE c.relreplident WHEN 'n' THEN 'NOTHING' ELSE 'DEFAULT' END)
  FROM pg_catalog.pg_class c
 WHERE c.oid IN (SELECT oid FROM written) AND c.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace AND EXISTS (SELECT 1 FROM pg_catalog.pg_publication)
   AND (c.relreplident = 'n' OR c.relreplident = 'd'
        AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND i.indisprimary))
UNION ALL
SELECT 4, pg_catalog.format('ALTER %%s DROP CONSTRAINT %%I', named.object, k.conname),
       pg_catalog.format('ALTER %%s ADD CONSTRAINT %%I %%s', named.object, k.conname, pg_catalog.pg_get_constraintdef(k.oid))
         || coalesce(pg_catalog.format('; COMMENT ON CONSTRAINT %%I ON %%s IS %%L', k.conname, named.commented,
                            pg_catalog.obj_description(k.oid, 'pg_constraint')), '')
  FROM unproven k
 CROSS JOIN LATERAL (SELECT
         CASE WHEN k.conrelid <> 0 THEN 'TABLE ' || k.conrelid::pg_catalog.regclass ELSE 'DOMAIN ' || k.contypid::pg_catalog.regtype END AS object,
         CASE WHEN k.conrelid <> 0 THEN k.conrelid::pg_catalog.regclass::text ELSE 'DOMAIN ' || k.contypid::pg_catalog.regtype END AS commented) AS named
UNION ALL
SELECT 5, pg_catalog.format('ALTER TABLE %%s DROP CONSTRAINT %%I', k.conrelid::pg_catalog.regclass, k.conname),
       coalesce((SELECT pg_catalog.string_agg(a.made, '; ' ORDER BY a.depth DESC, a.made) || '; ' FROM adopted a WHERE a.top = k.oid), '')
         || pg_catalog.format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', k.conrelid::pg_catalog.regclass, k.conname, pg_catalog.pg_get_constraintdef(k.oid))
         || coalesce(pg_catalog.format('; COMMENT ON CONSTRAINT %%I ON %%s IS %%L', k.conname, k.conrelid::pg_catalog.regclass,
                            pg_catalog.obj_description(k.oid, 'pg_constraint')), '')
  FROM pg_catalog.pg_constraint k
 WHERE k.oid IN (SELECT oid FROM key WHERE conparentid = 0)
 ORDER BY 1, 2
