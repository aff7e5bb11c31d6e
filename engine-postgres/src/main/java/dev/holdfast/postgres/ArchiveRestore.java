package dev.holdfast.postgres;

import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** pg_restore of an archive, which goes on after errors and says how many it ignored. */
final class ArchiveRestore {
    private static final Pattern IGNORED = Pattern.compile("errors ignored on restore: (\\d+)");

    private final RestoreErrors errors;
    private long taken;
    private long ignored;
    private String last = "";

    private ArchiveRestore(RestoreErrors errors) {
        this.errors = errors;
    }

    /**
     * Restores it.
     *
     * @param client of the database that is filled
     */
    static void run(
            DumpFile file,
            PgPrograms.Program program,
            ClientEnvironment client,
            int jobs,
            RestoreErrors errors,
            Run run) {
        List<String> command = new ArrayList<>(List.of(
                program.path().toString(),
                "--dbname=" + client.variables().get("PGDATABASE"),
                "--no-password",
                "--no-tablespaces"));
        if (file.hasName()) {
            if (file.form() != DumpFile.Form.TAR) {
                command.add("--jobs=" + jobs);
            }
            command.add(file.path().toString());
        }
        var restore = new ArchiveRestore(errors);
        try (PipedProcess process = PipedProcess.start(command, client.variables(), true, restore::line, run)) {
            CompletableFuture<Optional<String>> fed = process.feed(file);
            int exit = process.await(run);
            fed.join().ifPresent(errors::fail);
            restore.judge(exit, command.contains("--jobs=" + jobs) && jobs > 1);
        }
    }

    private void line(String line) {
        if (errors.take(line)) {
            taken++;
        }
        Matcher summary = IGNORED.matcher(line);
        if (summary.find()) {
            ignored = Long.parseLong(summary.group(1));
        } else if (line.contains("error:")) {
            last = line;
        }
    }

    /** Every error that it counted has to be one that was seen, and every failure one that it counted. */
    private void judge(int exit, boolean parallel) {
        long seen = parallel ? 2 * taken : taken; // it counts those of its workers twice
        if (exit != 0 && ignored == 0) {
            errors.fail(last.isEmpty() ? "pg_restore ended with exit code " + exit : last);
        } else if (ignored > seen) {
            errors.fail((ignored - seen) + " errors that pg_restore counted and did not name");
        }
    }
}
