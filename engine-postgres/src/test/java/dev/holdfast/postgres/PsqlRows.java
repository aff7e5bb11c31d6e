package dev.holdfast.postgres;

import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestServer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A full read of a database by psql and its own COPY, which knows nothing of ranges, versions or digests. */
final class PsqlRows {
    private static final String NEXT = "--- ";
    private static final int OBJECT_PAGE = 2048;

    /** Each relation with the COPY that reads it. Leaves of a table by hash of an enum, called hashed, are read through it. */
    private static final String RELATIONS = """
            SELECT format('%I.%I', n.nspname, c.relname) || '|' || CASE
                     WHEN e.clause <> '' THEN format('(SELECT * FROM %I.%I %s)', n.nspname, c.relname, e.clause)
                     WHEN c.relkind = 'p' THEN format('(SELECT * FROM %I.%I)', n.nspname, c.relname)
                     ELSE format('%I.%I', n.nspname, c.relname) END
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN (SELECT extconfig[1] AS o, extcondition[1] AS clause FROM pg_extension WHERE extconfig IS NOT NULL) e ON e.o = c.oid
             WHERE (c.relkind = 'r' AND c.relname !~ '^hashed_' OR c.relkind = 'p' AND c.relname = 'hashed')
               AND (c.relpersistence = 'p' OR c.relpersistence = 'u' AND NOT pg_is_in_recovery())
               AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            """;

    private static final String OBJECTS =
            "SELECT oid || ' ' || encode(lo_get(oid), 'hex') FROM pg_largeobject_metadata WHERE lo_get(oid) <> ''";

    private PsqlRows() {}

    /** The rows of each relation, sorted; the large objects that are not empty as one more relation, where there are any objects. */
    static Map<String, List<String>> of(TestServer server, String url) {
        try (var psql = new PsqlSession(server.program("psql"), url)) {
            psql.must(
                    "SET search_path = ''; SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET extra_float_digits = 1");
            List<String> relations = psql.must(RELATIONS);
            var read = new StringBuilder();
            for (String relation : relations) {
                int bar = relation.indexOf('|');
                read.append("SELECT '").append(NEXT).append(relation, 0, bar).append("';\nCOPY ");
                read.append(relation.substring(bar + 1)).append(" TO STDOUT;\n");
            }
            Map<String, List<String>> rows = sorted(psql.must(read.toString()));
            if (!psql.must("SELECT count(*) FROM pg_largeobject_metadata").equals(List.of("0"))) {
                rows.put(
                        LargeObjectPages.CATALOG,
                        psql.must(OBJECTS).stream().sorted().toList());
            }
            return rows;
        }
    }

    private static Map<String, List<String>> sorted(List<String> lines) {
        Map<String, List<String>> rows = new TreeMap<>();
        List<String> current = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(NEXT)) {
                current = rows.computeIfAbsent(line.substring(NEXT.length()), name -> new ArrayList<>());
            } else {
                current.add(line);
            }
        }
        rows.values().forEach(each -> each.sort(null));
        return rows;
    }

    /** Puts large objects together from the stored lines of their pages, in the form in which psql tells of them. */
    static List<String> objects(List<String> pages) {
        Map<String, TreeMap<Integer, byte[]>> objects = new TreeMap<>();
        for (String page : pages) {
            String[] cells = page.split("\t", -1);
            objects.computeIfAbsent(cells[0], name -> new TreeMap<>())
                    .put(Integer.valueOf(cells[1]), HexFormat.of().parseHex(cells[2].replace("\\\\x", "")));
        }
        return objects.entrySet().stream()
                .map(object -> object.getKey() + " " + HexFormat.of().formatHex(together(object.getValue())))
                .filter(object -> !object.endsWith(" "))
                .sorted()
                .collect(Collectors.toList());
    }

    private static byte[] together(NavigableMap<Integer, byte[]> pages) {
        var last = pages.lastEntry();
        var all = new byte[last.getKey() * OBJECT_PAGE + last.getValue().length];
        pages.forEach((number, bytes) -> System.arraycopy(bytes, 0, all, number * OBJECT_PAGE, bytes.length));
        return all;
    }
}
