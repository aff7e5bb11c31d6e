package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** pg_restore of a backup's schema archive, part by part. Close deletes what was written for it. */
final class SchemaRestore implements AutoCloseable {
    private static final Pattern EVENT_TRIGGER =
            Pattern.compile("\\d+; \\d+ \\d+ (COMMENT - |SECURITY LABEL - )?EVENT TRIGGER .*");

    private static final Pattern ATTACHING = Pattern.compile("\\d+; \\d+ \\d+ INDEX ATTACH .*");
    private static final Pattern KEY = Pattern.compile("\\d+; \\d+ \\d+ (FK CONSTRAINT .*|COMMENT .* CONSTRAINT .*)");
    private static final String WORKING =
            "-c maintenance_work_mem=256MB -c max_parallel_maintenance_workers=0 -c synchronous_commit=off";

    private final PgPrograms.Program program;
    private final RestoreOrder order;
    private final Run run;
    private final ClientEnvironment client;
    private final Path archive;
    private final List<String> contents;

    /**
     * @param work the database that is filled
     * @param environment of this process
     */
    SchemaRestore(
            PgPrograms.Program program, RestoreOrder order, Run run, PgAddress work, Map<String, String> environment) {
        this.program = program;
        this.order = order;
        this.run = run;
        this.client = new ClientEnvironment(work, environment);
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
     * Indexes, constraints, triggers and rules, but no event triggers. Indexes of partitions are attached one after the other: side by
     * side, it happens that the server does not notice when the last one is there, and the index of the whole stays invalid. Foreign keys
     * need that index, so they come after, with the comments that may be theirs.
     */
    void postData(int jobs) {
        String side = "--jobs=" + jobs;
        Predicate<String> later = isEventTrigger().or(is(ATTACHING)).or(is(KEY));
        part("making indexes and constraints", "others", later.negate(), side);
        part("attaching indexes of partitions", "attaching", is(ATTACHING), "--jobs=1");
        part("making foreign keys", "keys", is(KEY), side);
    }

    private void part(String doing, String name, Predicate<String> wanted, String jobs) {
        if (contents.stream().anyMatch(wanted)) {
            restore(doing, List.of("--section=post-data", jobs, "--use-list=" + list(name, wanted)), WORKING);
        }
    }

    private static Predicate<String> is(Pattern entry) {
        return entry.asMatchPredicate();
    }

    /** What would fire at logins and at DDL of ours comes last of all. */
    void eventTriggers() {
        if (contents.stream().anyMatch(isEventTrigger())) {
            restore("making event triggers", List.of("--use-list=" + list("triggers", isEventTrigger())), "");
        }
    }

    private static Predicate<String> isEventTrigger() {
        return is(EVENT_TRIGGER);
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

    private void restore(String doing, List<String> arguments, String settings) {
        List<String> command = new ArrayList<>(List.of(
                program.path().toString(),
                "--dbname=" + client.variables().get("PGDATABASE"),
                "--exit-on-error",
                "--no-password"));
        command.addAll(arguments);
        if (!order.owners()) {
            command.add("--no-owner");
            command.add("--no-privileges");
        }
        command.add(archive.toString());
        ChildProcess.Result result = ChildProcess.runWell(command, client.withSettings(settings), doing, run);
        result.errors()
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> run.finding(new Finding(Severity.WARNING, "pg_restore", order.newName(), line)));
    }

    @Override
    public void close() {
        client.close();
    }
}
