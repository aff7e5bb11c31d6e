package dev.holdfast.bench;

import dev.holdfast.error.HoldfastException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ways in which pg_dump can write a dump, as far as the one here knows them. */
final class Dumps {
    /**
     * One way.
     *
     * @param compression the value of its option, or empty for what pg_dump does by itself
     */
    record Kind(boolean folder, String compression) {
        static final Kind CUSTOM = new Kind(false, "");

        String words(int jobs) {
            return folder ? "pg_dump -Fd -j" + jobs + " -Z " + compression : "pg_dump -Fc";
        }
    }

    private static final List<String> COMPRESSIONS = List.of("zstd:1", "lz4", "gzip:1");
    private static final String BEFORE_16 = "1";

    private final BenchServer server;
    private final List<Kind> folders;

    Dumps(BenchServer server, Children children, WorkFolder work) {
        this.server = server;
        List<Kind> known = new ArrayList<>();
        for (String compression : COMPRESSIONS) {
            var kind = new Kind(true, compression);
            Path target = work.file("try-dump");
            try {
                children.run(command(kind, "postgres", target, 1));
                known.add(kind);
            } catch (HoldfastException e) {
                // an older pg_dump, or one built without this library
            } finally {
                WorkFolder.remove(target);
            }
        }
        folders = known.isEmpty() ? List.of(new Kind(true, BEFORE_16)) : List.copyOf(known);
    }

    /** The kinds with a file for each table, which several connections write; the one named in the bars first. */
    List<Kind> folders() {
        return folders;
    }

    List<String> command(Kind kind, String database, Path target, int jobs) {
        List<String> arguments = new ArrayList<>(List.of("--file=" + target));
        if (kind.folder()) {
            arguments.addAll(List.of("--format=directory", "--jobs=" + jobs, "--compress=" + kind.compression()));
        } else {
            arguments.add("--format=custom");
        }
        return server.program("pg_dump", database, arguments.toArray(String[]::new));
    }
}
