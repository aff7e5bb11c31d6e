-- The pages of each large object up to its length, asked for with the right to read the object alone.
SELECT m.oid AS loid, page::int AS pageno, pg_catalog.lo_get(m.oid, page * p.bytes, p.bytes::int) AS data
  FROM pg_catalog.pg_largeobject_metadata m
 CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::bigint / 4 AS bytes) p
 CROSS JOIN LATERAL (SELECT pg_catalog.lo_lseek64(o.fd, 0, 2) AS length, pg_catalog.lo_close(o.fd) AS closed
                       FROM (SELECT pg_catalog.lo_open(m.oid, 262144) AS fd OFFSET 0) o OFFSET 0) l
 CROSS JOIN LATERAL pg_catalog.generate_series(0, (l.length + p.bytes - 1) / p.bytes - 1) AS page
 ORDER BY m.oid, page
