package dev.holdfast.postgres;

import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Replacement;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of a database being put back, in one transaction on one session. */
final class PostgresReplacement implements Replacement {
    private final PostgresDatabase database;
    private final Run run;
    private final PgSession session;
    private final WriteLock lock;
    private final RowWriter writer;
    private final OwnRows own = new OwnRows();
    private final Map<Long, String> written = new HashMap<>();
    private Moment.@Nullable Facts facts;
    private @Nullable Silence silence;
    private String writtenOids = "";
    private boolean isAlone;
    private Function<String, Optional<byte[]>> pieces = name -> Optional.empty();
    private Optional<LargeObjectSet> objects = Optional.empty();
    private @Nullable Interference interference;

    PostgresReplacement(PostgresDatabase database, Run run, String doing) {
        this.database = database;
        this.run = run;
        this.session = database.connections().openSession();
        this.lock = new WriteLock(session, database.connections(), database.lockTries(), run);
        this.writer = new RowWriter(session);
        try {
            PgConnections.introduce(connection(), doing);
            execute("asking for a lasting commit", Sql.text("lasting-commit"));
            noticeWhenWeAreGone();
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** A server that is busy for us, or waits for us, does not see by itself that we were killed or cut off, and would keep the locks. */
    private void noticeWhenWeAreGone() {
        execute("asking to be watched", Sql.text("watched"));
        try {
            execute("asking to be watched", "SET client_connection_check_interval = '2s'");
        } catch (HoldfastException e) {
            return; // not every system can: then a statement that is under way keeps its locks until it ends
        }
    }

    private Connection connection() {
        return session.connection();
    }

    private void execute(String doing, String sql) {
        PgConnections.execute(connection(), doing, sql);
    }

    @Override
    public void claim(boolean withinGuard) {
        lock.beTheOnlyOne(withinGuard);
    }

    @Override
    public void lock(Optional<Duration> longestWait) {
        facts = lock.take(longestWait);
    }

    private Moment moment(TableChoice choice, int readers) {
        return Moment.within(
                session,
                Objects.requireNonNull(facts, "locked first"),
                database.connections(),
                choice,
                silence == null ? readers : 1);
    }

    @Override
    public Database locked() {
        return new LockedDatabase(database, readers -> moment(PostgresCapture::readable, readers));
    }

    @Override
    public Reading reading(Earlier earlier, int readers) {
        Moment moment = moment(lead -> LargeObjects.withPages(lead, PostgresCapture.readable(lead)), readers);
        try {
            Comparison comparison = PostgresCapture.comparison(database, moment, earlier);
            return new PostgresReading(moment, database.pagesInRange(), comparison::relation);
        } catch (RuntimeException e) {
            moment.close();
            throw e;
        }
    }

    @Override
    public void begin(List<Relation> relations, boolean alone, Function<String, Optional<byte[]>> backup) {
        pieces = backup;
        interference = Interference.watch(connection());
        List<Table> tables =
                relations.stream().map(relation -> Table.of(relation.facts())).toList();
        beginObjects(tables, alone);
        Set<String> names = new TreeSet<>();
        for (Table table : tables) {
            names.add(table.sqlName());
            names.addAll(table.source().locked(table));
        }
        writtenOids = names.stream()
                .map(name -> Sql.value(name) + "::pg_catalog.regclass")
                .collect(Collectors.joining(", ", "ARRAY[", "]::pg_catalog.oid[]"));
        relations.forEach(relation -> written.put(Table.of(relation.facts()).oid(), relation.name()));
        isAlone = alone;
        silence = Silence.over(connection(), writtenOids, alone);
        tables.stream()
                .filter(table -> table.source() instanceof LargeObjectPages)
                .forEach(table -> own.deleted(table, LargeObjects.deleteEmptyPages(connection())));
        execute(
                "preparing to write",
                "SELECT pg_catalog.set_config('search_path', "
                        + Sql.value(database.server().searchPath()) + ", true)");
    }

    private void beginObjects(List<Table> tables, boolean alone) {
        boolean isWanted = LargeObjects.areAmong(tables);
        if (isWanted) {
            refuseForeignObjects();
        }
        if (isWanted || !alone) {
            var set = LargeObjectSet.beside(connection(), alone, pieces);
            tellOfKept(set.keptOtherwise());
            if (set.differs()) {
                refuseForeignObjects();
                objects = Optional.of(set);
            }
        }
    }

    private void tellOfKept(Set<Long> objects) {
        if (!objects.isEmpty()) {
            String first = FirstFew.of(objects.stream().map(String::valueOf).toList());
            run.finding(new Finding(
                    Severity.WARNING,
                    "large_objects_kept",
                    database.name(),
                    "large objects keep owners, rights or comments that the backup has otherwise: " + first));
        }
    }

    /** Whoever may not lock them cannot keep others from writing to them, either. */
    private void refuseForeignObjects() {
        if (!LargeObjects.areWritable(connection())) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "large objects have changed, which only a superuser can put back in place")
                    .withHint("restore them beside it with --into NAME, or exchange the whole database with --swap");
        }
    }

    @Override
    public void delete(Relation relation, JsonObject range, BitSet rows) {
        run.checkInterrupted();
        Table table = Table.of(relation.facts());
        own.deleted(table, writer.delete(table, range, rows));
    }

    @Override
    public void insert(Relation relation, Iterator<byte[]> records) {
        run.checkInterrupted();
        Table table = Table.of(relation.facts());
        own.inserted(table, writer.insert(table, records));
    }

    @Override
    public List<String> complete() {
        execute("having written", "SET LOCAL search_path = ''");
        Objects.requireNonNull(silence, "begun first").end();
        String sequences = PieceText.of(pieces, "sequences.sql");
        List<String> done = new ArrayList<>(Sequences.bringUp(connection(), sequences, this::isOwn));
        objects.ifPresent(set -> done.addAll(set.bringBack()));
        for (String refresh : PgConnections.column(
                connection(), "looking for materialized views", String.format(Sql.text("stale-views"), writtenOids))) {
            done.add(refreshed(refresh));
        }
        Objects.requireNonNull(interference, "begun first").check();
        if (!isAlone && LargeObjectSet.beside(connection(), false, pieces).differs()) {
            throw Interference.error("made or removed large objects");
        }
        return done;
    }

    /** Whether values of a sequence go into the tables that were written. */
    private boolean isOwn(String sequence) {
        String query = String.format(Sql.text("own-sequence"), Sql.value(sequence), writtenOids);
        return !isAlone
                || PgConnections.column(connection(), "looking whose a sequence is", query)
                        .equals(List.of("t"));
    }

    /** A view that cannot be refreshed, since it asks a server that is away, say, is no reason to leave the rows as they are. */
    private String refreshed(String statement) {
        execute("refreshing a materialized view", "SAVEPOINT holdfast_refresh");
        try {
            execute("refreshing a materialized view", statement);
            return statement;
        } catch (HoldfastException e) {
            execute("refreshing a materialized view", "ROLLBACK TO SAVEPOINT holdfast_refresh");
            run.finding(new Finding(
                    Severity.WARNING,
                    "not_refreshed",
                    database.name(),
                    "a materialized view still shows the rows of before: " + statement + ": " + e.getMessage()));
            return "not done: " + statement;
        }
    }

    @Override
    public Optional<Set<String>> touched() {
        Set<String> touched = new TreeSet<>(written.values());
        Map<Long, String> names = new HashMap<>();
        for (Table table : TableChoice.all(connection())) {
            names.put(table.oid(), table.displayName());
        }
        String others = String.format(Sql.text("own-writes"), writtenOids);
        for (List<String> row : PgConnections.rows(connection(), "counting what was written", others)) {
            long oid = Long.parseLong(row.get(0));
            if (oid == 0) {
                return Optional.empty();
            }
            touched.add(names.getOrDefault(oid, row.get(1)));
        }
        return Optional.of(touched);
    }

    @Override
    public Optional<BitSet> inserted(Relation relation) {
        return own.ranges(connection(), relation);
    }

    /** Without an answer it is asked on another connection how the transaction ended. */
    @Override
    public void commit() {
        String id = PgConnections.column(
                        connection(), "preparing to commit", "SELECT pg_catalog.pg_current_xact_id()::text")
                .get(0);
        try (var statement = connection().createStatement()) {
            statement.execute("COMMIT");
        } catch (SQLException e) {
            HoldfastException failure = PgErrors.of("committing", e);
            String status = new Outcome(database.connections().unwoken()).of(id);
            if (status.equals(Outcome.COMMITTED)) {
                return;
            }
            throw status.equals(Outcome.ABORTED)
                    ? failure.withAftermath(Aftermath.PUT_BACK)
                    : failure.withAftermath(Aftermath.NOT_PUT_BACK)
                            .withHint("it is not known whether the rows were put back; when the server answers again,"
                                    + " SELECT pg_xact_status('" + id + "') says it");
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
