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
            Files.createSymbolicLink(folder.resolve(program), Path.of(server.program(program)));
        }
        Path dump = Files.writeString(folder.resolve("pg_dump"), """
                #!/bin/sh
                case " $* " in *' --schema-only '*)
                %s
                esac
                exec '%s' "$@"
                """.formatted(first, server.program("pg_dump")));
        Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }
}
