-- Every row that people made in every catalog of a database, a line for each, with names where the catalog has numbers.
-- Knows no catalog by heart: the server itself says which column points where, so that what a newer PostgreSQL adds is
-- compared, too. Meant for psql, which runs the queries that this query makes.
SET search_path = ''; SET extra_float_digits = 3; SET TimeZone = 'UTC'; SET DateStyle = 'ISO';
WITH
-- Catalogs whose rows are no property of the objects: what ANALYZE found, what the extension's script did, how big
-- things are; and pg_depend, whose rows follow from the others and from the order of making.
ignored_catalogs(name) AS (VALUES ('pg_statistic'), ('pg_statistic_ext_data'), ('pg_init_privs'), ('pg_depend'),
    ('pg_largeobject'), ('pg_subscription'), ('pg_subscription_rel')),
-- Columns that say where and how an object lies, or since when, not what it is; and those whose place another one takes.
ignored_columns(catalog, name) AS (VALUES
    ('pg_class', 'relfilenode'), ('pg_class', 'relpages'), ('pg_class', 'reltuples'), ('pg_class', 'relallvisible'),
    ('pg_class', 'relallfrozen'), ('pg_class', 'relfrozenxid'), ('pg_class', 'relminmxid'), ('pg_class', 'relrewrite'),
    ('pg_class', 'reltoastrelid'), ('pg_class', 'relhasindex'), ('pg_class', 'relhasrules'), ('pg_class', 'relhastriggers'),
    ('pg_class', 'relhassubclass'), ('pg_class', 'relispopulated'), ('pg_class', 'relnatts'),
    ('pg_attribute', 'attnum'), ('pg_attribute', 'atthasmissing'), ('pg_attribute', 'attmissingval'),
    ('pg_attribute', 'attndims'), ('pg_attribute', 'attcacheoff'), ('pg_enum', 'enumsortorder'),
    ('pg_constraint', 'connoinherit'), ('pg_constraint', 'conislocal'), ('pg_index', 'indcheckxmin'), ('pg_description', 'objoid'),
    ('pg_description', 'objsubid'), ('pg_seclabel', 'objoid'), ('pg_seclabel', 'objsubid')),
-- A parsed expression holds numbers; the server prints it with names.
expressions(catalog, name, printed) AS (VALUES
    ('pg_attrdef', 'adbin', 'pg_catalog.pg_get_expr(adbin, adrelid)'),
    -- rights that were granted and are the usual ones are the same as none that were granted
    ('pg_class', 'relacl', 'CASE WHEN relacl <> pg_catalog.acldefault((CASE relkind WHEN ''S'' THEN ''s'' ELSE ''r'' END)::"char", relowner)
        THEN (SELECT pg_catalog.string_agg(u::text, '','' ORDER BY u::text) FROM pg_catalog.unnest(relacl) u) END'),
    ('pg_class', 'relpartbound', 'pg_catalog.pg_get_expr(relpartbound, oid)'),
    ('pg_enum', 'oid', 'NULL'), -- the server has no words for a label
    ('pg_constraint', 'conbin', 'pg_catalog.pg_get_constraintdef(oid)'),
    -- of several equal indexes the server chooses one anew
    ('pg_constraint', 'conindid', 'CASE WHEN contype <> ''f'' THEN conindid::pg_catalog.regclass::text END'),
    ('pg_constraint', 'confdelsetcols', '(SELECT pg_catalog.string_agg(attname, '','' ORDER BY attname)
        FROM pg_catalog.pg_attribute WHERE attrelid = conrelid AND attnum = ANY (confdelsetcols))'),
    ('pg_index', 'indexprs', 'pg_catalog.pg_get_indexdef(indexrelid)'),
    ('pg_index', 'indpred', 'pg_catalog.pg_get_expr(indpred, indrelid)'),
    ('pg_largeobject_metadata', 'oid', 'oid::text'),
    ('pg_partitioned_table', 'partexprs', 'pg_catalog.pg_get_partkeydef(partrelid)'),
    ('pg_policy', 'polqual', 'pg_catalog.pg_get_expr(polqual, polrelid)'),
    ('pg_policy', 'polwithcheck', 'pg_catalog.pg_get_expr(polwithcheck, polrelid)'),
    ('pg_proc', 'proargdefaults', 'pg_catalog.pg_get_function_arguments(oid)'),
    ('pg_proc', 'prosqlbody', 'pg_catalog.pg_get_function_sqlbody(oid)'),
    ('pg_publication_rel', 'prqual', 'pg_catalog.pg_get_expr(prqual, prrelid)'),
    ('pg_rewrite', 'ev_qual', 'NULL'), -- part of the next
    ('pg_rewrite', 'ev_action', 'pg_catalog.pg_get_ruledef(oid)'),
    ('pg_statistic_ext', 'stxexprs', 'pg_catalog.pg_get_statisticsobjdef(oid)'),
    ('pg_trigger', 'tgqual', 'pg_catalog.pg_get_triggerdef(oid)'),
    ('pg_type', 'typdefaultbin', 'NULL'), -- typdefault is its text
    ('pg_user_mapping', 'umoptions', '(SELECT pg_catalog.string_agg(u, '','' ORDER BY u) FROM pg_catalog.unnest(umoptions) u)')),
pointers AS (
  SELECT fktable, fkcols[pg_catalog.cardinality(fkcols)] AS name, pktable, is_array,
         CASE WHEN pg_catalog.cardinality(fkcols) = 2 THEN fkcols[1] END AS table_column
    FROM pg_catalog.pg_get_catalog_foreign_keys()),
columns AS (
  SELECT c.oid AS catalog, a.attnum, a.attname AS name, a.atttypid::pg_catalog.regtype::text AS type,
         p.pktable, p.is_array, p.table_column, e.printed
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pointers p ON p.fktable = c.oid AND p.name = a.attname
    LEFT JOIN expressions e ON e.catalog = c.relname AND e.name = a.attname
   WHERE c.relkind = 'r' AND c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace AND NOT c.relisshared
     AND c.relname NOT IN (SELECT name FROM ignored_catalogs)
     AND (c.relname, a.attname) NOT IN (SELECT catalog, name FROM ignored_columns)),
printed AS (
  SELECT *, CASE
      WHEN printed IS NOT NULL THEN printed
      WHEN name = 'oid' THEN pg_catalog.format(
          '(SELECT pg_catalog.concat(identity) FROM pg_catalog.pg_identify_object(%L::pg_catalog.regclass, oid, 0))', catalog::pg_catalog.regclass)
      WHEN name = 'classoid' THEN
          '(SELECT pg_catalog.concat(type, '' '', identity) FROM pg_catalog.pg_identify_object(classoid, objoid, objsubid))'
      WHEN table_column IS NOT NULL AND is_array THEN pg_catalog.format(
          '(SELECT pg_catalog.string_agg(coalesce(a.attname, ''(expression)''), '','' ORDER BY u.i)
              FROM pg_catalog.unnest(%I::int2[]) WITH ORDINALITY u(n, i)
              LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = %I AND a.attnum = u.n)', name, table_column)
      WHEN table_column IS NOT NULL THEN pg_catalog.format(
          '(SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = %I AND a.attnum = %I)', table_column, name)
      WHEN pktable IS NOT NULL AND is_array THEN pg_catalog.format(
          '(SELECT pg_catalog.string_agg(pg_catalog.concat(o.identity), '','' ORDER BY u.i)
              FROM pg_catalog.unnest(%I::oid[]) WITH ORDINALITY u(n, i)
             CROSS JOIN LATERAL pg_catalog.pg_identify_object(%L::pg_catalog.regclass, u.n, 0) o)', name, pktable::pg_catalog.regclass)
      WHEN pktable IS NOT NULL THEN pg_catalog.format(
          '(SELECT identity FROM pg_catalog.pg_identify_object(%L::pg_catalog.regclass, %I, 0))', pktable::pg_catalog.regclass, name)
      WHEN type = 'aclitem[]' THEN pg_catalog.format(
          '(SELECT pg_catalog.string_agg(u::text, '','' ORDER BY u::text) FROM pg_catalog.unnest(%I) u)', name)
      ELSE pg_catalog.format('%I::text', name) END AS text
    FROM columns)
SELECT pg_catalog.format(
    'SELECT pg_catalog.regexp_replace(pg_catalog.concat_ws(''; '', %L, %s), ''\s*\n\s*'', '' '', ''g'') FROM %s WHERE %s ORDER BY 1',
    catalog::pg_catalog.regclass::text,
    pg_catalog.string_agg(pg_catalog.format('%L || %s', name || '=', text), ', ' ORDER BY attnum),
    catalog::pg_catalog.regclass,
    CASE catalog::pg_catalog.regclass::text
      WHEN 'pg_attribute' THEN 'attrelid >= 16384 AND attnum > 0 AND NOT attisdropped AND attrelid NOT IN (SELECT oid FROM pg_catalog.pg_class WHERE relkind = ''t'' OR relnamespace = ''pg_toast''::pg_catalog.regnamespace)'
      WHEN 'pg_class' THEN 'oid >= 16384 AND relnamespace <> ''pg_toast''::pg_catalog.regnamespace'
      WHEN 'pg_index' THEN 'indrelid NOT IN (SELECT oid FROM pg_catalog.pg_class WHERE relkind = ''t'') AND indexrelid >= 16384'
      WHEN 'pg_namespace' THEN 'oid >= 16384 AND nspname !~ ''^pg_'''
      WHEN 'pg_trigger' THEN 'NOT tgisinternal'
      ELSE (SELECT pg_catalog.quote_ident(f.attname) || '::oid >= 16384' FROM pg_catalog.pg_attribute f WHERE f.attrelid = catalog AND f.attnum = 1) END)
  FROM printed GROUP BY catalog ORDER BY 1
\gexec
