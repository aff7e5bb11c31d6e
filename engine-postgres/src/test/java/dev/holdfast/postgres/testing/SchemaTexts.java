package dev.holdfast.postgres.testing;

import dev.holdfast.testing.Programs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** A database's schema as pg_dump prints it, made comparable between two databases. */
public final class SchemaTexts {
    private static final Pattern VOLATILE = Pattern.compile("\\\\(un)?restrict .*|-- Dumped (from|by) .*");

    private SchemaTexts() {}

    /** The lines that count. Columns of a child table stand in no order, since a dump changes it. */
    public static List<String> of(TestDatabase database) {
        Programs.Result dump = Programs.run(
                List.of(database.server().program("pg_dump"), "--schema-only", "--no-password", "-d", database.url()));
        if (dump.exit() != 0) {
            throw new AssertionError("pg_dump: " + dump.errors());
        }
        List<String> lines = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        boolean inTable = false;
        for (String line : dump.text().split("\n", -1)) {
            if (line.isBlank() || VOLATILE.matcher(line).matches()) {
                continue;
            }
            if (inTable && line.startsWith(")")) {
                if (line.equals(")")) {
                    Collections.sort(columns);
                }
                lines.addAll(columns);
                columns.clear();
                inTable = false;
            }
            if (inTable) {
                columns.add(line.endsWith(",") ? line.substring(0, line.length() - 1) : line);
            } else {
                lines.add(line);
                inTable = line.startsWith("CREATE TABLE ") && line.endsWith("(");
            }
        }
        return lines;
    }
}
