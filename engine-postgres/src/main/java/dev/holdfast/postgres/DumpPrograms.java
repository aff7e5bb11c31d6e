package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.List;
import java.util.Map;

/** Which of PostgreSQL's programs read and restore the dumps of strangers. Safe for several threads. */
record DumpPrograms(PgPrograms programs) {
    /** The first release of each major whose psql can be kept from running commands of its own. */
    private static final Map<Integer, Integer> RESTRICTED = Map.of(13, 22, 14, 19, 15, 14, 16, 10, 17, 6);

    private static final int ALL_RESTRICTED = 18;

    /** Reads every archive that any program here can read. */
    PgPrograms.Program reader() {
        return newest("pg_restore");
    }

    /** The one that a person would take: as new as the server and as the pg_dump that wrote the archive. */
    PgPrograms.Program pgRestore(int major) {
        return programs.all("pg_restore").stream()
                .filter(program -> program.major() >= major)
                .findFirst()
                .orElseGet(this::reader);
    }

    /** A psql that knows {@code \restrict}, as new as the server where there is one. */
    PgPrograms.Program psql(int major) {
        List<PgPrograms.Program> restricted =
                programs.all("psql").stream().filter(DumpPrograms::isRestricted).toList();
        if (restricted.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.PROGRAM_MISSING,
                            "no psql here knows \\restrict, without which a plain dump could run commands on this machine")
                    .withHint("install a newer psql: 14.19, 15.14, 16.10, 17.6, 18 or later");
        }
        return restricted.stream()
                .filter(program -> program.major() >= major)
                .findFirst()
                .orElse(restricted.get(restricted.size() - 1));
    }

    private static boolean isRestricted(PgPrograms.Program psql) {
        if (psql.major() >= ALL_RESTRICTED) {
            return true;
        }
        Integer since = RESTRICTED.get(psql.major());
        String[] version = psql.version().split("\\.", -1);
        return since != null
                && version.length > 1
                && version[1].matches("\\d{1,4}")
                && Integer.parseInt(version[1]) >= since;
    }

    private PgPrograms.Program newest(String name) {
        List<PgPrograms.Program> all = programs.all(name);
        return all.isEmpty() ? programs.atLeast(name, 0) : all.get(all.size() - 1);
    }
}
