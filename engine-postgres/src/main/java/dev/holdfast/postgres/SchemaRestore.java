package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** pg_restore of a backup's schema archive, part by part. Close deletes what was written for it. */
final class SchemaRestore implements AutoCloseable {
    private static final Pattern EVENT_TRIGGER =
            Pattern.compile("\\d+; \\d+ \\d+ (COMMENT - |SECURITY LABEL - )?EVENT TRIGGER .*");
    private static final Pattern FOREIGN_KEY = Pattern.compile("\\d+; \\d+ \\d+ FK CONSTRAINT .*");
    private static final Pattern CONSTRAINT_COMMENT = Pattern.compile("\\d+; \\d+ \\d+ COMMENT .* CONSTRAINT .*");
    private static final Pattern ATTACHING = Pattern.compile("\\d+; \\d+ \\d+ INDEX ATTACH .*");

    private static final String WORKING =
            "-c maintenance_work_mem=256MB -c max_parallel_maintenance_workers=0 -c synchronous_commit=off";

    private final PgPrograms.Program program;
    private final Set<String> settings;
    private final boolean tablespaces;
    private final RestoreOrder order;
    private final Run run;
    private final ClientEnvironment client;
    private final Path archive;
    private final List<String> contents;

    /**
     * A pg_restore that is newer than the server goes on after errors, and they are judged in the end.
     *
     * @param work the name of the database that is filled
     */
    SchemaRestore(RestorePreflight.Cleared cleared, PostgresDatabase server, String work, RestoreOrder order, Run run) {
        this.program = cleared.program();
        this.settings = program.major() > server.server().major() ? settings(server) : Set.of();
        this.tablespaces = cleared.tablespaces();
        this.order = order;
        this.run = run;
        this.client = server.connections().to(work).forPrograms(server.environment());
        try {
            this.archive = client.write("schema.dump", order.piece().apply("schema.dump"));
            this.contents = contents();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Everything that must be there before rows. */
    void preData() {
        restore("making tables", List.of("--section=pre-data"), "");
    }

    /**
     * Indexes, constraints, triggers and rules, but no foreign keys and no event triggers. Indexes of partitions are attached one after the
     * other: side by side, it happens that the server does not notice when the last one is there, and the index of the whole stays
     * invalid. Foreign keys need that index, so they come after.
     */
    void postData(int jobs) {
        Predicate<String> later =
                is(EVENT_TRIGGER).or(is(ATTACHING)).or(is(FOREIGN_KEY)).or(is(CONSTRAINT_COMMENT));
        part("making indexes and constraints", "others", later.negate(), jobs);
        part("attaching indexes of partitions", "attaching", is(ATTACHING), 1);
    }

    private void part(String doing, String name, Predicate<String> wanted, int jobs) {
        if (contents.stream().anyMatch(wanted)) {
            restore(
                    doing,
                    List.of("--section=post-data", "--jobs=" + jobs, "--use-list=" + list(name, wanted)),
                    WORKING);
        }
    }

    /**
     * Foreign keys, and the comments that may be theirs. Rows that were written while a key was switched off may break it: then all others
     * are made, and what is missing is for the caller.
     *
     * @return the statements of all foreign keys, of which some are not made; empty when all are
     */
    List<String> foreignKeys(int jobs) {
        if (!has(FOREIGN_KEY)) {
            return List.of();
        }
        Path keys = list("keys", is(FOREIGN_KEY));
        List<String> arguments = List.of("--section=post-data", "--jobs=" + jobs, "--use-list=" + keys);
        ChildProcess.Result result = run(command(arguments, false), WORKING);
        tellWarnings(result);
        if (result.exitCode() == 0 || IgnoredErrors.areUnknownSettings(result.errors(), settings)) {
            return List.of();
        }
        return contents.stream().filter(is(FOREIGN_KEY)).map(this::statement).toList();
    }

    /** The one statement of an entry, printed alone: nothing has to be cut that could be part of a name. */
    private String statement(String entry) {
        String printed = ChildProcess.runWell(
                        command(List.of("--use-list=" + list("key", entry::equals), "--file=-"), false),
                        client.variables(),
                        "reading the schema archive",
                        run)
                .outputText();
        int from = printed.indexOf("\nALTER TABLE ") + 1;
        int to = printed.lastIndexOf(';') + 1;
        if (from == 0 || to < from) {
            throw new IllegalStateException("no statement of " + entry);
        }
        return printed.substring(from, to);
    }

    /**
     * Comments of constraints.
     *
     * @param allThere whether all constraints are there; if not, that of a missing one is missing, too
     */
    void constraintComments(boolean allThere) {
        if (allThere) {
            part("commenting constraints", "comments", is(CONSTRAINT_COMMENT), 1);
        } else if (has(CONSTRAINT_COMMENT)) {
            run(command(List.of("--use-list=" + list("comments", is(CONSTRAINT_COMMENT))), false), "");
        }
    }

    /** What would fire at logins and at DDL of ours comes last of all. */
    void eventTriggers() {
        if (has(EVENT_TRIGGER)) {
            restore("making event triggers", List.of("--use-list=" + list("triggers", is(EVENT_TRIGGER))), "");
        }
    }

    private static Predicate<String> is(Pattern entry) {
        return entry.asMatchPredicate();
    }

    private boolean has(Pattern entry) {
        return contents.stream().anyMatch(is(entry));
    }

    private List<String> contents() {
        return ChildProcess.runWell(
                        List.of(program.path().toString(), "--list", archive.toString()),
                        client.variables(),
                        "listing the schema archive",
                        run)
                .outputText()
                .lines()
                .toList();
    }

    /** A file with some lines of the archive's table of contents. */
    private Path list(String name, Predicate<String> wanted) {
        return client.write(
                name,
                contents.stream()
                        .filter(wanted)
                        .collect(Collectors.joining("\n"))
                        .getBytes(UTF_8));
    }

    private void restore(String doing, List<String> arguments, String sessionSettings) {
        ChildProcess.Result result = run(command(arguments, settings.isEmpty()), sessionSettings);
        if (result.exitCode() != 0 && !IgnoredErrors.areUnknownSettings(result.errors(), settings)) {
            throw ChildProcess.failed(doing, result);
        }
        tellWarnings(result);
    }

    private List<String> command(List<String> arguments, boolean exitOnError) {
        List<String> command = new ArrayList<>(List.of(program.path().toString()));
        command.addAll(arguments);
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--file"))) {
            command.addAll(List.of("--dbname=" + client.variables().get("PGDATABASE"), "--no-password"));
        }
        if (exitOnError) {
            command.add("--exit-on-error");
        }
        if (!order.owners()) {
            command.addAll(List.of("--no-owner", "--no-privileges"));
        }
        if (!tablespaces) {
            command.add("--no-tablespaces");
        }
        command.add(archive.toString());
        return command;
    }

    private ChildProcess.Result run(List<String> command, String sessionSettings) {
        try (ChildProcess child = ChildProcess.start(command, client.withSettings(sessionSettings))) {
            return child.await(run);
        }
    }

    private static Set<String> settings(PostgresDatabase server) {
        return Set.copyOf(PgConnections.column(
                server.connection(), "listing settings", "SELECT name FROM pg_catalog.pg_settings"));
    }

    private void tellWarnings(ChildProcess.Result result) {
        result.errors()
                .lines()
                .filter(line -> line.startsWith("pg_restore: warning: ") && !line.contains("errors ignored on restore"))
                .forEach(line -> run.finding(new Finding(Severity.WARNING, "pg_restore", order.newName(), line)));
    }

    @Override
    public void close() {
        client.close();
    }
}
