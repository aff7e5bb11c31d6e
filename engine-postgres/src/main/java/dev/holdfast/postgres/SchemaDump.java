package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.PieceBytes;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * pg_dump of the schema at a snapshot, run beside the reading of rows. Close ends it when it still runs.
 */
final class SchemaDump implements AutoCloseable {
    /** Only who waits for us can be in the way of pg_dump, and everybody else waits behind the two: then one must give way soon. */
    private static final String LOCK_WAIT = "5s";

    private static final Pattern ABOUT_DATABASE = Pattern.compile(
            "\\d+; (1262 \\d+ DATABASE|0 0 (DATABASE PROPERTIES|(COMMENT|ACL|SECURITY LABEL) - DATABASE)) .*");

    /** Words of pg_dump itself, which are English: what the server says behind them is in the server's language. */
    private static final Pattern NOT_CONNECTED = Pattern.compile("connection to server (?:at|on socket) .* failed: ");

    private static final String DOING = "dumping the schema";
    private static final String LOCKING = "Query was: LOCK TABLE ";
    private static final String NO_SUBSCRIPTIONS = "subscriptions not dumped because current user is not a superuser";

    private static final int FREE_TRIES = 50;

    private final PgConnections connections;
    private final ClientEnvironment client;
    private final PgPrograms.Program restoreProgram;
    private final List<String> command;
    private ChildProcess child;
    private CompletableFuture<List<List<String>>> namesAfterwards;
    private volatile boolean closed;

    /** Starts pg_dump; its answer is waited for in {@link #pieces}. */
    SchemaDump(PostgresDatabase database, String snapshot) {
        PgPrograms programs = database.programs();
        PgPrograms.Program dumpProgram =
                programs.atLeast("pg_dump", database.server().major());
        this.restoreProgram = programs.atLeast("pg_restore", dumpProgram.major());
        this.connections = database.connections();
        this.client = connections.forPrograms(database.environment());
        this.command = new ArrayList<>(List.of(
                dumpProgram.path().toString(),
                "--schema-only",
                "--format=custom",
                "--encoding=" + encoding(database.server()),
                "--snapshot=" + snapshot,
                "--lock-wait-timeout=" + LOCK_WAIT,
                "--no-password"));
        if (dumpProgram.major() >= 18) {
            command.add("--no-statistics");
        }
        try {
            this.child = ChildProcess.start(command, client.variables());
            this.namesAfterwards = namesAfterwards(child);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** A database that does not know the encoding of its text may hold some that is not UTF-8; it is taken as stored. */
    private static String encoding(ServerFacts server) {
        return server.locale().string("encoding").equals("SQL_ASCII") ? "SQL_ASCII" : "UTF8";
    }

    /** As soon as pg_dump has ended well: what happens to names later does not matter. */
    private CompletableFuture<List<List<String>>> namesAfterwards(ChildProcess started) {
        return started.ended()
                .thenApplyAsync(
                        exit -> closed || exit != 0 ? List.of() : CatalogDrift.now(connections, "names"),
                        ChildProcess::inThread);
    }

    /** pg_dump prints definitions with the names of now, which must be those of the snapshot; or it did not find what was gone. */
    private static void refuseDrift(Connection snapshot, List<List<String>> names) {
        Set<String> moved = CatalogDrift.between(CatalogDrift.lines(snapshot, "names"), names);
        if (!moved.isEmpty()) {
            throw CatalogDrift.changed(moved);
        }
    }

    /** Beside a failure of pg_dump, one to ask what changed meanwhile does not matter. */
    private List<List<String>> namesNow(ChildProcess.Result dump) {
        try {
            return CatalogDrift.now(connections, "names");
        } catch (HoldfastException e) {
            throw e.code() == ErrorCode.INTERRUPTED ? e : ChildProcess.failed(DOING, dump);
        }
    }

    private List<List<String>> names() {
        try {
            return namesAfterwards.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof HoldfastException failure ? failure : e;
        }
    }

    /** Waits for pg_dump; its warnings become findings. */
    List<PieceBytes> pieces(Connection snapshot, Run run) {
        ChildProcess.Result dump = dump(run);
        if (dump.exitCode() != 0) {
            throw failed(dump, snapshot);
        }
        refuseDrift(snapshot, names());
        tellWarnings(dump, run);
        byte[] archive = ArchiveTime.cleared(dump.output());
        Path file = client.write("schema.dump", archive);
        String text = print(List.of("--create", "--file=-", file.toString()), run);
        if (text.indexOf('\uFFFD') >= 0) {
            run.finding(new Finding(
                    Severity.WARNING,
                    "schema_not_utf8",
                    "schema",
                    "the schema has text that is not UTF-8: a restore brings it back as stored, but not in the comment and the"
                            + " settings of the database itself"));
        }
        var schema = SchemaText.normalized(text);
        String database = SchemaText.normalized(ofDatabase(file, run)).databaseStatements();
        var forPeople = SchemaSecrets.redact(schema.text());
        forPeople
                .places()
                .forEach(place -> run.finding(new Finding(
                        Severity.WARNING,
                        "secret_in_schema",
                        place,
                        "the password in " + place + " comes along in the backup: whoever reads the repository can read"
                                + " it")));
        return List.of(
                new PieceBytes("schema.dump", archive),
                new PieceBytes("schema.sql", forPeople.text().getBytes(UTF_8)),
                new PieceBytes("database.sql", database.getBytes(UTF_8)));
    }

    /** Subscriptions that pg_dump left out have been named one by one. */
    private static void tellWarnings(ChildProcess.Result dump, Run run) {
        boolean named =
                run.findings().stream().anyMatch(finding -> finding.code().equals(LeftOut.SUBSCRIPTION));
        dump.errors()
                .lines()
                .filter(line -> !line.isBlank() && !(named && line.endsWith(NO_SUBSCRIPTIONS)))
                .forEach(line -> run.finding(new Finding(Severity.WARNING, "pg_dump", "schema", line)));
    }

    /** Where there is no connection left for pg_dump, that of a reader which was given up for it is waited for. */
    private ChildProcess.Result dump(Run run) {
        ChildProcess.Result dump = child.await(run);
        for (int tries = 1; tries < FREE_TRIES && lackedConnection(dump); tries++) {
            Pause.moment();
            child = ChildProcess.start(command, client.variables());
            namesAfterwards = namesAfterwards(child);
            dump = child.await(run);
        }
        return dump;
    }

    /** Why pg_dump was not let in is for us to ask: another reason than that it was full would be ours, too. */
    private boolean lackedConnection(ChildProcess.Result dump) {
        if (dump.exitCode() == 0 || !NOT_CONNECTED.matcher(dump.errors()).find()) {
            return false;
        }
        try (PgSession ours = connections.openSession()) {
            return true; // there is a place by now
        } catch (HoldfastException e) {
            return PgErrors.isBecauseOf(e, PgErrors.TOO_MANY_CONNECTIONS);
        }
    }

    private HoldfastException failed(ChildProcess.Result dump, Connection snapshot) {
        if (NOT_CONNECTED.matcher(dump.errors()).find()) {
            HoldfastException failure = ChildProcess.failed(DOING, dump);
            return lackedConnection(dump) ? failure.withHint(PgErrors.CONNECTIONS_HINT) : failure;
        }
        refuseDrift(snapshot, namesNow(dump));
        if (dump.errors().contains(LOCKING)) {
            List<String> blockers = Blockers.of(connections);
            return ChildProcess.failed(blockers.isEmpty() ? DOING : DOING + ": " + String.join(", ", blockers), dump);
        }
        HoldfastException failure = ChildProcess.failed(DOING, dump);
        return PgErrors.isRecoveryConflict(dump.errors()) ? failure.withHint(PgErrors.RECOVERY_CONFLICT_HINT) : failure;
    }

    /**
     * The entries about the database itself, printed alone. They are chosen by the archive's table of contents: in the text of all entries
     * a comment or a function could look like one, and what it says would be run by whoever restores.
     */
    private String ofDatabase(Path archive, Run run) {
        String contents = print(List.of("--create", "--list", archive.toString()), run);
        String entries = contents.lines()
                .filter(line -> ABOUT_DATABASE.matcher(line).matches())
                .collect(Collectors.joining("\n"));
        Path chosen = client.write("database.list", entries.getBytes(UTF_8));
        return print(List.of("--create", "--use-list=" + chosen, "--file=-", archive.toString()), run);
    }

    private String print(List<String> arguments, Run run) {
        List<String> words = new ArrayList<>(List.of(restoreProgram.path().toString()));
        words.addAll(arguments);
        return ChildProcess.runWell(words, client.variables(), "reading the schema archive back", run)
                .outputText();
    }

    @Override
    public void close() {
        closed = true;
        child.close();
        client.close();
    }
}
