-- What else a column's text can be the name of: a line for each object, its name for people first. Looked at only where some
-- column's text is a name.
SELECT 'role ' || pg_catalog.quote_ident(r.rolname), r.oid::text FROM pg_catalog.pg_roles r
UNION ALL
SELECT 'text search configuration ' || pg_catalog.quote_ident(c.cfgname), c.oid::text FROM pg_catalog.pg_ts_config c
UNION ALL
SELECT 'text search dictionary ' || pg_catalog.quote_ident(d.dictname), d.oid::text FROM pg_catalog.pg_ts_dict d
