package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.Loader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import dev.holdfast.run.Workers;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A new database being filled from a backup. Until it is published it has a name that begins with {@link #PREFIX} and ends with the run's
 * id, so that nobody takes it for a whole one.
 */
final class PostgresRestoration implements Restoration {
    static final String PREFIX = "holdfast_restore_";

    private final PostgresDatabase server;
    private final Run run;
    private final RestoreOrder order;
    private final String workName;
    private final PgConnections work;
    private final ClientEnvironment client;
    private final PgPrograms.Program restoreProgram;
    private final Path archive;
    private boolean made;

    /** Checks what can be checked; changes nothing. */
    PostgresRestoration(PostgresDatabase server, Run run, RestoreOrder order) {
        this.server = server;
        this.run = run;
        this.order = order;
        this.workName = PREFIX + run.id().hex().substring(0, 16);
        this.work = server.connections().to(workName);
        this.restoreProgram = RestorePreflight.check(server, run, order);
        this.client = new ClientEnvironment(work.address(), server.environment());
        try {
            this.archive = client.write("schema.dump", order.piece().apply("schema.dump"));
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private String piece(String name) {
        return new String(order.piece().apply(name), UTF_8);
    }

    /** Never broken off, as publishing and removing are not: a database that is made after we looked would be left for ever. */
    @Override
    public void create() {
        List<String> statements = DatabaseStatements.making(piece("database.sql"), workName);
        Connection connection = server.connections().unwoken().open();
        try {
            made = true;
            for (String statement : statements) {
                PgConnections.execute(connection, "making database " + workName, statement);
            }
        } finally {
            PgConnections.abort(connection);
        }
    }

    @Override
    public void prepare() {
        pgRestore("making tables", List.of("--section=pre-data"), "");
    }

    @Override
    public Loader loader() {
        return new CopyLoader(work.openSession());
    }

    @Override
    public void complete(int jobs) {
        pgRestore(
                "making indexes and constraints",
                List.of("--section=post-data", "--jobs=" + jobs),
                "-c maintenance_work_mem=256MB -c max_parallel_maintenance_workers=0 -c synchronous_commit=off");
        Connection connection = work.open();
        try {
            runAll(connection, "setting sequences", piece("sequences.sql"));
            runAll(connection, "refreshing materialized views", piece("refresh.sql"));
        } finally {
            PgConnections.abort(connection);
        }
        analyze(jobs);
        settings();
    }

    private void pgRestore(String doing, List<String> arguments, String settings) {
        List<String> command = new ArrayList<>(
                List.of(restoreProgram.path().toString(), "--dbname=" + workName, "--exit-on-error", "--no-password"));
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

    private static void runAll(Connection connection, String doing, String statements) {
        if (!statements.isBlank()) {
            PgConnections.execute(connection, doing, statements);
        }
    }

    /** Tables side by side; the statistics of partitioned tables as wholes come after those of their leaves. */
    private void analyze(int jobs) {
        Queue<String> tables = new ConcurrentLinkedQueue<>(order.relations().stream()
                .map(facts -> Table.of(facts).sqlName())
                .toList());
        List<Runnable> workers = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            workers.add(() -> {
                Connection connection = work.open();
                try {
                    for (String table = tables.poll(); table != null; table = tables.poll()) {
                        PgConnections.execute(connection, "analyzing " + table, "ANALYZE " + table);
                    }
                } finally {
                    PgConnections.abort(connection);
                }
            });
        }
        Workers.runAll("holdfast-analyze", workers);
        Connection connection = work.open();
        try {
            for (String table : TableNames.needingAnalyze(connection)) {
                PgConnections.execute(connection, "analyzing " + table, "ANALYZE " + table);
            }
        } finally {
            PgConnections.abort(connection);
        }
    }

    private void settings() {
        for (String statement : DatabaseStatements.settings(piece("database.sql"), workName, order.owners())) {
            PgConnections.execute(server.connection(), "setting up database " + order.newName(), statement);
        }
    }

    @Override
    public Reading reread(int readers) {
        List<Table> wanted = order.relations().stream().map(Table::of).toList();
        return new PostgresReading(Moment.open(work, TableChoice.named(wanted), readers));
    }

    /** Over a connection of its own: the first one may have been idle for hours, and dropped by something on the way. */
    @Override
    public void publish() {
        Connection connection = server.connections().unwoken().open();
        try {
            PgConnections.execute(
                    connection,
                    "giving the restored database its name",
                    "ALTER DATABASE " + Sql.name(workName) + " RENAME TO " + Sql.name(order.newName()));
            made = false;
        } finally {
            PgConnections.abort(connection);
        }
    }

    @Override
    public boolean isMade() {
        return made;
    }

    @Override
    public void close() {
        try {
            if (made) {
                drop();
            }
        } catch (HoldfastException e) {
            throw e.withHint("remove it by hand: DROP DATABASE " + Sql.name(workName));
        } finally {
            client.close();
        }
    }

    private void drop() {
        Connection connection = server.connections().unwoken().open();
        try {
            PgConnections.execute(
                    connection,
                    "removing the unfinished database " + workName,
                    "DROP DATABASE IF EXISTS " + Sql.name(workName) + " WITH (FORCE)");
            made = false;
        } finally {
            PgConnections.abort(connection);
        }
    }
}
