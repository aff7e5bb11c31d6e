package dev.holdfast.cli.scenario;

import dev.holdfast.postgres.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A server's own programs, of which pg_dump begins late: between the snapshot and its own first look something happens. */
final class SlowPgDump {
    private SlowPgDump() {}

    /**
     * Makes a folder of them.
     *
     * @param first what a shell does before pg_dump begins to dump
     */
    static Path make(Path folder, TestServer server, String first) throws IOException {
        Files.createDirectory(folder);
        for (String program : List.of("psql", "pg_restore")) {
            script(folder, program, "exec '%s' \"$@\"".formatted(server.program(program)));
        }
        script(folder, "pg_dump", """
                case " $* " in *' --schema-only '*)
                %s
                esac
                exec '%s' "$@"
                """.formatted(first, server.program("pg_dump")));
        return folder;
    }

    private static void script(Path folder, String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
