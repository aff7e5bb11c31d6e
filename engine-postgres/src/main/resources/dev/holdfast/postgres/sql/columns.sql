-- What decides how a stored row is read, for each table: a hash over its columns by number with their types and the values
-- that rows of before ADD COLUMN have, and the types. Hashed here, since a value can be as long as it likes.
SELECT c.o::bigint,
       pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
         coalesce(pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attnum, a.atttypid::bigint, a.atttypmod,
                    pg_catalog.quote_nullable(a.attmissingval::text)), ',' ORDER BY a.attnum), ''),
         pg_catalog.getdatabaseencoding())), 'hex'),
       coalesce(pg_catalog.string_agg(DISTINCT a.atttypid::bigint::text, ','), '')
  FROM pg_catalog.unnest(%s::oid[]) AS c(o)
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.o AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 GROUP BY c.o
