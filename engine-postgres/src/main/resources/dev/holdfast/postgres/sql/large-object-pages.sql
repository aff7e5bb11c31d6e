-- The pages of each large object that are not all zeros, and its last one, which tells its length; asked for with the right
-- to read the object alone, which does not show where the holes are. So that a long hole costs little, an object is read in
-- stretches of many pages; one that is all zeros is not cut into pages.
SELECT m.oid AS loid, page::int AS pageno, d.data
  FROM (SELECT oid FROM pg_catalog.pg_largeobject_metadata ORDER BY oid OFFSET 0) m
 CROSS JOIN (SELECT b.bytes, 8388608 / b.bytes AS pages
               FROM (SELECT pg_catalog.current_setting('block_size')::int / 4 AS bytes) b) p
 CROSS JOIN LATERAL (SELECT (o.length + p.bytes - 1) / p.bytes - 1 AS last
                       FROM (SELECT pg_catalog.lo_lseek64(o.fd, 0, 2) AS length, pg_catalog.lo_close(o.fd) AS closed
                               FROM (SELECT pg_catalog.lo_open(m.oid, 262144) AS fd OFFSET 0) o OFFSET 0) o) l
 CROSS JOIN LATERAL pg_catalog.generate_series(0, l.last / p.pages) AS stretch
 CROSS JOIN LATERAL (SELECT pg_catalog.lo_get(m.oid, stretch * p.pages * p.bytes, p.pages * p.bytes) AS data OFFSET 0) s
 CROSS JOIN LATERAL pg_catalog.generate_series(stretch * p.pages, least(l.last, (stretch + 1) * p.pages - 1)) AS page
 CROSS JOIN LATERAL (SELECT pg_catalog.substr(s.data, ((page - stretch * p.pages) * p.bytes)::int + 1, p.bytes) AS data OFFSET 0) d
 WHERE (s.data <> pg_catalog.decode(pg_catalog.repeat('00', 8388608), 'hex') OR stretch = l.last / p.pages)
   AND (d.data <> pg_catalog.substr(pg_catalog.decode(pg_catalog.repeat('00', 8192), 'hex'), 1, p.bytes) OR page = l.last)
