-- Writes the pages; one that is empty is the last of its object and says how long that is.
SELECT pg_catalog.count(pg_catalog.lo_put(loid, pageno::bigint * %1$d, data))
  FROM pg_temp.holdfast_pages WHERE pg_catalog.length(data) > 0;
SELECT pg_catalog.count(pg_catalog.lo_close(fd))
  FROM (SELECT o.fd, pg_catalog.lo_truncate64(o.fd, o.length) AS truncated
          FROM (SELECT pg_catalog.lo_open(loid, 131072) AS fd, pageno::bigint * %1$d AS length
                  FROM pg_temp.holdfast_pages WHERE pg_catalog.length(data) = 0 OFFSET 0) o OFFSET 0) t
