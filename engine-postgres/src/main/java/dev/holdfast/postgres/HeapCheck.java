package dev.holdfast.postgres;

import dev.holdfast.engine.Sandbox.Observation;
import dev.holdfast.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL's own {@code pg_amcheck} over tables and indexes, where it is installed. */
final class HeapCheck {
    private static final int OLDEST = 14;

    private final PgPrograms programs;
    private final Map<String, String> environment;
    private final Run run;

    HeapCheck(PgPrograms programs, Map<String, String> environment, Run run) {
        this.programs = programs;
        this.environment = environment;
        this.run = run;
    }

    /** Empty where the program, or its extension, is not here. */
    Optional<Observation> look(PgAddress address, int jobs) {
        List<PgPrograms.Program> found = programs.all("pg_amcheck");
        if (found.isEmpty() || !hasExtension(address)) {
            return Optional.empty();
        }
        PgPrograms.Program newest = found.get(found.size() - 1);
        if (newest.major() < OLDEST) {
            return Optional.empty();
        }
        try (var client = new ClientEnvironment(address, environment, true)) {
            List<String> command = List.of(
                    newest.path().toString(),
                    "--database=" + address.database(),
                    "--install-missing",
                    "--no-dependent-toast",
                    "--jobs=" + jobs);
            long began = System.nanoTime();
            try (ChildProcess child = ChildProcess.start(command, client.variables())) {
                ChildProcess.Result result = child.await(run);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                String what = "pg_amcheck " + newest.version() + " finds nothing in tables and indexes";
                return Optional.of(new Observation("amcheck", what, doubts(result), took));
            }
        }
    }

    private static Optional<String> doubts(ChildProcess.Result result) {
        if (result.exitCode() == 0) {
            return Optional.empty();
        }
        String said = result.outputText() + "\n" + result.errors();
        return Optional.of(
                FirstFew.of(said.lines().filter(line -> !line.isBlank()).toList()));
    }

    private static boolean hasExtension(PgAddress address) {
        try (PgSession session = new PgConnections(address).openSession()) {
            String query = "SELECT 1 FROM pg_catalog.pg_available_extensions WHERE name = 'amcheck'";
            return !PgConnections.rows(session.connection(), "looking for amcheck", query)
                    .isEmpty();
        }
    }
}
