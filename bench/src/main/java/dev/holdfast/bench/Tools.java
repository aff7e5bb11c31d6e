package dev.holdfast.bench;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.PgPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * PostgreSQL's own programs, server and client, of one version.
 *
 * @param folder where they are
 * @param version as they say it
 */
record Tools(Path folder, String version) {
    private static final List<String> NEEDED =
            List.of("initdb", "postgres", "psql", "pg_dump", "pg_restore", "createdb", "vacuumdb");

    /** Those in the given folder, else the newest on this machine. */
    static Tools find(Optional<Path> told, Map<String, String> environment) {
        Map<String, String> where = told.map(folder -> Map.of("HOLDFAST_POSTGRES_BIN", folder.toString()))
                .orElse(environment);
        List<Tools> found = new PgPrograms(where)
                .all("initdb").stream()
                        .map(program -> new Tools(folder(program.path(), told.isEmpty()), program.version()))
                        .filter(tools -> told.isEmpty() || tools.folder.equals(told.get()))
                        .toList();
        if (found.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.PROGRAM_MISSING,
                            "no server programs of PostgreSQL in "
                                    + told.map(Path::toString).orElse("any of the usual places"))
                    .withHint("install the server of PostgreSQL, or name the folder of initdb with --bin");
        }
        Tools newest = found.get(found.size() - 1);
        for (String name : NEEDED) {
            if (!Files.isExecutable(newest.folder.resolve(name))) {
                throw new HoldfastException(ErrorCode.PROGRAM_MISSING, newest.folder + " has no " + name);
            }
        }
        return newest;
    }

    /** A folder on the path may hold a link to initdb alone; the other programs are where it points to. */
    private static Path folder(Path program, boolean follow) {
        try {
            return Objects.requireNonNull((follow ? program.toRealPath() : program).getParent());
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_MISSING, program + " cannot be reached", e);
        }
    }

    String path(String program) {
        return folder.resolve(program).toString();
    }
}
