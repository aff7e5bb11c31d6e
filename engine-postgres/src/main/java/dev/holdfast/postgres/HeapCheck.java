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
    /** Whatever is set for the database. */
    private static final String FREE = "-c default_transaction_read_only=off -c role=none";
    /** Any other code but 0 says that it could not look. */
    private static final int FOUND_SOMETHING = 2;

    private final PgPrograms programs;
    private final Map<String, String> environment;
    private final Run run;

    HeapCheck(PgPrograms programs, Map<String, String> environment, Run run) {
        this.programs = programs;
        this.environment = environment;
        this.run = run;
    }

    /** Why it cannot look; empty when it can. */
    Optional<String> lacking(PgAddress address) {
        if (program().isEmpty()) {
            return Optional.of("the program is not here");
        }
        return hasExtension(address) ? Optional.empty() : Optional.of("the sandbox has no extension amcheck");
    }

    private Optional<PgPrograms.Program> program() {
        return programs.all("pg_amcheck").stream()
                .filter(found -> found.major() >= OLDEST)
                .reduce((older, newer) -> newer);
    }

    /** Empty where the program, or its extension, is not here. */
    Optional<Observation> look(PgAddress address, int jobs) {
        return lacking(address).isPresent() ? Optional.empty() : program().map(found -> look(found, address, jobs));
    }

    private Observation look(PgPrograms.Program newest, PgAddress address, int jobs) {
        try (var client = new ClientEnvironment(address, environment, true)) {
            List<String> command = List.of(
                    newest.path().toString(),
                    "--database=" + address.database(),
                    "--install-missing",
                    "--no-dependent-toast",
                    "--jobs=" + jobs);
            long began = System.nanoTime();
            try (ChildProcess child = ChildProcess.start(command, client.withSettings(FREE))) {
                ChildProcess.Result result = child.await(run);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                String what = "pg_amcheck " + newest.version() + " finds nothing in tables and indexes";
                if (result.exitCode() == 0) {
                    return new Observation("amcheck", what, Optional.empty(), took);
                }
                Optional<String> said = Optional.of(said(result));
                return result.exitCode() == FOUND_SOMETHING
                        ? new Observation("amcheck", what, said, took)
                        : new Observation("amcheck", what, Optional.empty(), said, took);
            }
        }
    }

    private static String said(ChildProcess.Result result) {
        String said = result.outputText() + "\n" + result.errors();
        return FirstFew.of(said.lines().filter(line -> !line.isBlank()).toList());
    }

    private static boolean hasExtension(PgAddress address) {
        try (PgSession session = new PgConnections(address).openSession()) {
            String query = "SELECT 1 FROM pg_catalog.pg_available_extensions WHERE name = 'amcheck'";
            return !PgConnections.rows(session.connection(), "looking for amcheck", query)
                    .isEmpty();
        }
    }
}
