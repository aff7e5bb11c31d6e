package dev.holdfast.postgres;

import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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
    private final SchemaArchive archive;

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
        byte[] bytes = order.piece().apply(SchemaArchive.PIECE);
        this.client = server.connections().to(work).forPrograms(server.environment());
        this.archive = new SchemaArchive(program, client, bytes, run);
    }

    /** Everything that must be there before rows. */
    void preData() {
        restore("making tables", List.of("--section=pre-data"), "");
    }

    /**
     * Indexes, constraints, triggers and rules, but no foreign keys and no event triggers. Indexes of partitions are attached one after the
     * other: side by side, it happens that the server does not notice when the last one is there, and the index of the whole stays
     * invalid. Foreign keys need that index, so they come after.
     *
     * @return the statements of all of them, of which some are not made; empty when all are
     */
    List<SchemaArchive.Statement> postData(int jobs) {
        Predicate<String> later =
                is(EVENT_TRIGGER).or(is(ATTACHING)).or(is(FOREIGN_KEY)).or(is(CONSTRAINT_COMMENT));
        if (!tryPart("others", later.negate(), jobs)) {
            Predicate<String> all = later.negate().or(is(ATTACHING));
            return archive.afterRows(leftOut()).stream()
                    .filter(all)
                    .map(this::statement)
                    .toList();
        }
        part("attaching indexes of partitions", "attaching", is(ATTACHING), 1);
        return List.of();
    }

    private void part(String doing, String name, Predicate<String> wanted, int jobs) {
        if (archive.has(wanted)) {
            restore(doing, postDataArguments(name, wanted, jobs), WORKING);
        }
    }

    /** Makes what can be made; whether that is everything. */
    private boolean tryPart(String name, Predicate<String> wanted, int jobs) {
        if (!archive.has(wanted)) {
            return true;
        }
        ChildProcess.Result result = run(command(postDataArguments(name, wanted, jobs), false), WORKING);
        tellWarnings(result);
        return result.exitCode() == 0 || IgnoredErrors.areUnknownSettings(result.errors(), settings);
    }

    private List<String> postDataArguments(String name, Predicate<String> wanted, int jobs) {
        return List.of("--section=post-data", "--jobs=" + jobs, "--use-list=" + archive.list(name, wanted));
    }

    /**
     * Foreign keys. Rows that were written while a key was switched off may break it: then all others are made, and what is missing is for
     * the caller.
     *
     * @return the statements of all foreign keys, of which some are not made; empty when all are
     */
    List<SchemaArchive.Statement> foreignKeys(int jobs) {
        return tryPart("keys", is(FOREIGN_KEY), jobs)
                ? List.of()
                : archive.entries(is(FOREIGN_KEY)).stream().map(this::statement).toList();
    }

    private SchemaArchive.Statement statement(String entry) {
        return archive.statement(entry, leftOut());
    }

    /**
     * Comments of constraints.
     *
     * @param allThere whether all constraints are there; if not, that of a missing one is missing, too
     */
    void constraintComments(boolean allThere) {
        if (allThere) {
            part("commenting constraints", "comments", is(CONSTRAINT_COMMENT), 1);
        } else if (archive.has(is(CONSTRAINT_COMMENT))) {
            run(command(List.of("--use-list=" + archive.list("comments", is(CONSTRAINT_COMMENT))), false), "");
        }
    }

    /** What would fire at logins and at DDL of ours comes last of all. */
    void eventTriggers() {
        if (archive.has(is(EVENT_TRIGGER))) {
            restore("making event triggers", List.of("--use-list=" + archive.list("triggers", is(EVENT_TRIGGER))), "");
        }
    }

    private static Predicate<String> is(Pattern entry) {
        return entry.asMatchPredicate();
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
        command.addAll(List.of("--dbname=" + client.variables().get("PGDATABASE"), "--no-password"));
        if (exitOnError) {
            command.add("--exit-on-error");
        }
        command.addAll(leftOut());
        command.add(archive.file().toString());
        return command;
    }

    private List<String> leftOut() {
        List<String> options = new ArrayList<>();
        if (!order.owners()) {
            options.addAll(List.of("--no-owner", "--no-privileges"));
        }
        if (!tablespaces) {
            options.add("--no-tablespaces");
        }
        return options;
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
        archive.close();
    }
}
