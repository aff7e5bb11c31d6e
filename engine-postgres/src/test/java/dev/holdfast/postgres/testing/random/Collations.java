package dev.holdfast.postgres.testing.random;

import java.util.ArrayList;
import java.util.List;

/** Collations of the schema's own. */
final class Collations {
    private final Making making;
    private final List<String> made = new ArrayList<>(List.of("pg_catalog.\"C\"", "pg_catalog.\"POSIX\""));

    Collations(Making making) {
        this.making = making;
    }

    void make() {
        if (making.draw.chance(0.3)) {
            make(Kind.COLLATION_LIBC, " (LOCALE = 'C')");
        }
        if (making.place.encoding().equals("SQL_ASCII")) {
            return; // ICU does not know it
        }
        if (making.draw.chance(0.3)) {
            make(Kind.COLLATION_ICU, " (PROVIDER = icu, LOCALE = 'de-u-co-phonebk')");
        }
        if (making.draw.chance(0.3)) {
            make(
                    Kind.COLLATION_NONDETERMINISTIC,
                    " (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false)");
        }
    }

    private void make(Kind kind, String how) {
        String name = making.fresh();
        making.script.add(kind, "CREATE COLLATION " + name + how);
        making.script.object("COLLATION", name);
        made.add(name);
    }

    /** COLLATE and one of them. */
    String clause() {
        making.script.count(Kind.COLUMN_COLLATION);
        return " COLLATE " + making.draw.of(made);
    }
}
