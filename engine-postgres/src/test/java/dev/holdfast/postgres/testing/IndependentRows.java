package dev.holdfast.postgres.testing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What every table of a database holds, found by psql and md5 alone: count and a fingerprint that does not depend on the order of rows or
 * columns. Shares nothing with our own digests, so it can contradict them.
 */
public final class IndependentRows {
    private static final String QUERY = """
            SET extra_float_digits = 3; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET search_path = '';
            SELECT pg_catalog.format(
                'SELECT %L, pg_catalog.count(*), pg_catalog.md5(coalesce(pg_catalog.string_agg(h, '''' ORDER BY h COLLATE "C"), ''''))
                   FROM (SELECT pg_catalog.md5(ROW(%s)::text) AS h FROM ONLY %I.%I) AS rows',
                pg_catalog.translate(n.nspname || '.' || c.relname, E'\\n\\r', '/<'),
                (SELECT pg_catalog.string_agg(pg_catalog.format('%I', a.attname), ', ' ORDER BY a.attname COLLATE "C")
                   FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
                n.nspname, c.relname)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind IN ('r', 'm') AND c.relpersistence <> 't' AND (c.relkind = 'r' OR c.relispopulated)
               AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
             ORDER BY 1
            \\gexec
            """;

    private static final String SEQUENCES = """
            SET search_path = '';
            SELECT pg_catalog.format('SELECT %L, last_value, is_called FROM %I.%I', pg_catalog.translate(n.nspname || '.' || c.relname, E'\\n\\r', '/<'), n.nspname, c.relname)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
             ORDER BY 1
            \\gexec
            """;

    private IndependentRows() {}

    /** Where each sequence stands, and whether it gave that number out. */
    public static List<String> sequences(TestDatabase database) {
        return database.must(SEQUENCES).lines().toList();
    }

    /** Of each large object a fingerprint. */
    public static List<String> largeObjects(TestDatabase database) {
        return database.must(
                        "SELECT 'large object ' || oid, md5(lo_get(oid)) FROM pg_largeobject_metadata ORDER BY oid")
                .lines()
                .toList();
    }

    /** Of each table and filled materialized view its count and its fingerprint. */
    public static Map<String, String> of(TestDatabase database) {
        Map<String, String> rows = new TreeMap<>();
        database.must(QUERY).lines().forEach(line -> {
            int bar = line.lastIndexOf('|', line.lastIndexOf('|') - 1);
            rows.put(line.substring(0, bar), line.substring(bar + 1));
        });
        return rows;
    }
}
