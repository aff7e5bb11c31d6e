-- Every type that stands behind the given ones: elements of arrays, bases of domains, subtypes of ranges, columns of rows.
-- For each the types right behind it, whether its text names other objects (of a type that somebody made, who knows), and a hash over what decides its text: also the
-- labels of an enum, the columns of a row with what older rows have in them, who made the output function and which version
-- of an extension it came with.
WITH RECURSIVE behind AS (
  SELECT pg_catalog.unnest(%s::oid[]) AS oid
   UNION
  SELECT part.oid
    FROM behind b
    JOIN pg_catalog.pg_type t ON t.oid = b.oid
   CROSS JOIN LATERAL (
     SELECT t.typelem UNION ALL SELECT t.typbasetype
      UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)
      UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0) part(oid)
   WHERE part.oid <> 0)
SELECT t.oid::bigint,
       pg_catalog.concat_ws(',', nullif(t.typelem, 0)::bigint, nullif(t.typbasetype, 0)::bigint,
         (SELECT r.rngsubtype::bigint FROM pg_catalog.pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)),
         (SELECT pg_catalog.string_agg(a.atttypid::bigint::text, ',') FROM pg_catalog.pg_attribute a
           WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)),
       t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace AND (t.typname ^@ 'reg' OR t.typname = 'aclitem')
         OR t.typtype = 'b' AND t.typoutput >= 16384
            AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                             WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid
                               AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'),
       pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.concat_ws(' ',
         t.oid::bigint, t.typtype, t.typtypmod, t.typoutput::pg_catalog.oid,
         (SELECT p.xmin FROM pg_catalog.pg_proc p WHERE p.oid = t.typoutput AND p.oid >= 16384),
         (SELECT pg_catalog.concat_ws(' ', e.oid, pg_catalog.quote_ident(e.extversion))
            FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
           WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid
             AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'),
         (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', l.oid, l.enumsortorder, pg_catalog.quote_ident(l.enumlabel)), ',' ORDER BY l.oid)
            FROM pg_catalog.pg_enum l WHERE l.enumtypid = t.oid),
         (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, a.atttypid::bigint, a.atttypmod, a.attisdropped,
                   pg_catalog.quote_nullable(a.attmissingval::text)), ',' ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0)),
         pg_catalog.getdatabaseencoding())), 'hex')
  FROM (SELECT DISTINCT oid FROM behind) b JOIN pg_catalog.pg_type t ON t.oid = b.oid
