package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.Loader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import dev.holdfast.run.Workers;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** A new database being filled from a backup. Until it is published it has a name of its own. */
final class PostgresRestoration implements Restoration {
    private final PostgresDatabase server;
    private final Run run;
    private final RestoreOrder order;
    private final List<Table> tables;
    private final WorkDatabase database;
    private final PgConnections work;
    private final SchemaRestore schema;
    private final Optional<Replaced> replaced;
    private Set<String> configuration = Set.of();

    /** Checks what can be checked; changes nothing. */
    PostgresRestoration(PostgresDatabase server, Run run, RestoreOrder order) {
        this.server = server;
        this.run = run;
        this.order = order;
        this.tables = order.relations().stream().map(Table::of).toList();
        this.replaced = order.keptAs().map(kept -> Replaced.named(server, order.newName()));
        RestorePreflight.Cleared cleared = RestorePreflight.check(server, run, order);
        String understood = DatabaseStatements.understoodBy(server.server().major(), piece("database.sql"));
        String statements = cleared.tablespaces() ? understood : DatabaseStatements.withoutTablespace(understood);
        this.database = new WorkDatabase(
                server.connections().unwoken(), run.id().hex().substring(0, WorkDatabase.MARK_LENGTH), statements);
        this.work = server.connections().to(database.name());
        this.schema = new SchemaRestore(cleared, server, database.name(), order, run);
    }

    private String piece(String name) {
        return new String(order.piece().apply(name), UTF_8);
    }

    @Override
    public void create() {
        database.create(order.owners());
    }

    /** Tables of extensions have rows from their scripts; those that were backed up whole begin empty. */
    @Override
    public void prepare() {
        schema.preData();
        if (LargeObjects.areAmong(tables)) {
            runEach("making large objects", piece(LargeObjects.MAKE));
        }
        try (PgSession session = work.openSession()) {
            configuration = Set.copyOf(TableNames.of(session.connection(), "configuration"));
            if (!configuration.isEmpty()) {
                PgConnections.execute(
                        session.connection(),
                        "emptying tables of extensions",
                        "TRUNCATE " + String.join(", ", configuration));
            }
        }
    }

    @Override
    public Loader loader() {
        return new CopyLoader(work.openSession(), order.database().string("search_path"), configuration);
    }

    @Override
    public void complete(int jobs) {
        boolean allMade = constraints(jobs);
        schema.constraintComments(allMade);
        String sequences = piece("sequences.sql");
        if (!sequences.isBlank()) {
            try (PgSession session = work.openSession()) {
                PgConnections.execute(session.connection(), "setting sequences", sequences);
            }
        }
        if (LargeObjects.areAmong(tables) && order.owners()) {
            runEach("giving large objects their owners and rights", piece(LargeObjects.RIGHTS));
        }
        refresh();
        analyze(jobs);
    }

    /** Everything between the rows and their statistics that rows may break; whether all is made. */
    private boolean constraints(int jobs) {
        List<SchemaArchive.Statement> unmade = schema.postData(jobs);
        boolean made = unmade.isEmpty() || inSession(session -> new AfterRows(session, run).make(unmade));
        List<SchemaArchive.Statement> keys = schema.foreignKeys(jobs);
        boolean keysMade = keys.isEmpty() || inSession(session -> new ForeignKeys(session, run, made).make(keys));
        return made && keysMade;
    }

    private boolean inSession(Predicate<Connection> making) {
        try (PgSession session = work.openSession()) {
            return making.test(session.connection());
        }
    }

    /** One statement after the other, each by itself: what one of them locks is free again before the next. */
    private void runEach(String doing, String statements) {
        try (PgSession session = work.openSession()) {
            DatabaseStatements.split(statements)
                    .forEach(statement -> PgConnections.execute(session.connection(), doing, statement));
        }
    }

    /** A view that cannot be refreshed, since it asks a server that is away, say, is no reason to throw the tables away. */
    private void refresh() {
        for (String statement : DatabaseStatements.split(piece("refresh.sql"))) {
            try (PgSession session = work.openSession()) {
                PgConnections.execute(session.connection(), "refreshing a materialized view", statement);
            } catch (HoldfastException e) {
                run.finding(new Finding(
                        Severity.WARNING,
                        "not_refreshed",
                        order.newName(),
                        "a materialized view holds no rows: " + statement + " " + e.getMessage()));
            }
        }
    }

    /** Tables side by side; the statistics of partitioned tables as wholes come after those of their leaves. */
    private void analyze(int jobs) {
        Queue<String> names =
                new ConcurrentLinkedQueue<>(tables.stream().map(Table::sqlName).toList());
        List<Runnable> workers = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            workers.add(() -> {
                try (PgSession session = work.openSession()) {
                    for (String table = names.poll(); table != null; table = names.poll()) {
                        analyze(session, table);
                    }
                }
            });
        }
        Workers.runAll("holdfast-analyze", workers);
        try (PgSession session = work.openSession()) {
            for (String table : TableNames.of(session.connection(), "analyze")) {
                analyze(session, table);
            }
        }
    }

    /**
     * Part of a table may be at a server that is away, or behind a wrapper that nothing stands behind. That it has no statistics is no
     * reason to throw the rows away.
     */
    private void analyze(PgSession session, String table) {
        try {
            PgConnections.execute(session.connection(), "analyzing " + table, "ANALYZE " + table);
        } catch (HoldfastException e) {
            if (e.code() != ErrorCode.DATABASE_FAILED) {
                throw e;
            }
            run.finding(new Finding(
                    Severity.WARNING,
                    "not_analyzed",
                    table,
                    "the planner knows nothing of a table yet: " + e.getMessage()));
        }
    }

    @Override
    public Reading reread(int readers) {
        return new PostgresReading(Moment.open(work, TableChoice.named(tables), readers));
    }

    @Override
    public JsonObject identity() {
        return server.identity(database.oid(), order.newName());
    }

    @Override
    public void publish() {
        schema.eventTriggers();
        replaced.ifPresentOrElse(
                live -> database.exchange(live, order.keptAs().orElseThrow(), order.owners(), run),
                () -> database.publish(order.newName(), order.owners()));
    }

    @Override
    public boolean isMade() {
        return database.isMade();
    }

    @Override
    public void close() {
        try (schema) {
            database.drop();
        }
    }
}
