package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.PieceBytes;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.SmallTables;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One moment of a database being backed up: its rows over COPY, its schema by pg_dump at the same snapshot. */
final class PostgresCapture implements Capture {
    /** Counts how rows are turned into text: which rows, which columns in which order, which settings. To be raised with each change. */
    private static final int READING_RULES = 1;

    private static final int SETTLE_TRIES = 600;

    private final PostgresDatabase database;
    private final Run run;
    private final Moment moment;
    private final Sequences sequences;
    private final PostgresReading reading;
    private final Comparison comparison;
    private final SchemaDump schema;

    private PostgresCapture(
            PostgresDatabase database,
            Run run,
            PostgresReading reading,
            Comparison comparison,
            Sequences sequences,
            SchemaDump schema) {
        this.database = database;
        this.run = run;
        this.moment = reading.moment();
        this.reading = reading;
        this.comparison = comparison;
        this.sequences = sequences;
        this.schema = schema;
    }

    static PostgresCapture open(PostgresDatabase database, Run run, int readers, Earlier earlier) {
        database.programs().atLeast("pg_dump", database.server().major());
        OddNames.refuse(database);
        return of(database, run, earlier, Moment.open(database.connections(), PostgresCapture::readable, readers));
    }

    /** Of a moment that was opened; it is closed with the capture. */
    static PostgresCapture of(PostgresDatabase database, Run run, Earlier earlier, Moment moment) {
        try {
            LeftOut.tell(moment.lead(), moment.facts().inRecovery(), run);
            LeftOut.tellUnrestorable(moment.tables(), run);
            Sequences sequences = Sequences.read(moment.lead());
            Comparison comparison = comparison(database, moment, earlier);
            var reading = new PostgresReading(moment, database.pagesInRange(), comparison::relation);
            var schema = new SchemaDump(database, moment.facts().snapshot());
            return new PostgresCapture(database, run, reading, comparison, sequences, schema);
        } catch (RuntimeException e) {
            moment.close();
            throw e;
        }
    }

    /** A moment beside an earlier backup. */
    static Comparison comparison(PostgresDatabase database, Moment moment, Earlier earlier) {
        return new Comparison(
                earlier,
                lineage(database, moment.facts()),
                RowLineage.read(moment.lead(), moment.tables()),
                database.unchecked(),
                database.pagesInRange());
    }

    /** All tables that belong to a backup, and may be read. */
    static List<Table> readable(Connection lead) {
        Rights.check(lead);
        return TableChoice.all(lead);
    }

    @Override
    public Instant moment() {
        return moment.facts().time();
    }

    @Override
    public List<Relation> relations() {
        return reading.relations();
    }

    @Override
    public List<RangeReader> readers() {
        return reading.readers();
    }

    @Override
    public Optional<String> fullRead() {
        return comparison.fullRead();
    }

    @Override
    public String answer(String question) {
        try (PgSession session = database.connections().openSessionWhenFree()) {
            Optional<String> snapshot = Optional.of(moment.facts().snapshot());
            return Questions.answer(session, snapshot, database.server().searchPath(), question);
        }
    }

    @Override
    public BackupText text() {
        return new CopyText(database.server().locale().string("encoding"));
    }

    @Override
    public OptionalLong writtenSince() {
        return comparison.writtenSince();
    }

    @Override
    public SmallTables tables() {
        return new PostgresTables(moment);
    }

    @Override
    public List<PieceBytes> pieces() {
        return orOfStandby(this::readPieces);
    }

    private List<PieceBytes> readPieces() {
        List<PieceBytes> pieces = new ArrayList<>(schema.pieces(moment.lead(), run));
        pieces.add(piece("roles.sql", Roles.statements(moment.lead(), run)));
        pieces.add(piece("refresh.sql", ReadyStatements.refreshes(moment.lead(), run)));
        if (LargeObjects.areAmong(moment.tables())) {
            LargeObjects.statements(moment.lead()).forEach((name, statements) -> pieces.add(piece(name, statements)));
        }
        pieces.add(piece("sequences.sql", sequences.statements(moment.lead(), run)));
        return pieces;
    }

    @Override
    public void checkUnmoved() {
        Set<String> moved = new TreeSet<>(CatalogDrift.since(moment.lead(), database.connections()));
        if (comparison.hasNamesOfOthers()) {
            for (String query : List.of("names", "named")) {
                moved.addAll(CatalogDrift.since(moment.lead(), database.connections(), query));
            }
        }
        if (!moved.isEmpty()) {
            throw CatalogDrift.changed(moved);
        }
    }

    private static PieceBytes piece(String name, String text) {
        return new PieceBytes(name, text.getBytes(UTF_8));
    }

    /**
     * A commit that we saw may not be on the server's disk yet. Were it lost in a crash, its transaction's number would be given to
     * another one, and version fingerprints would lie; so this waits until it is on disk.
     */
    @Override
    public JsonObject settle() {
        return orOfStandby(() -> {
            checkUnmoved();
            return facts();
        });
    }

    private <T> T orOfStandby(Supplier<T> work) {
        try {
            return work.get();
        } catch (HoldfastException e) {
            throw moment.facts().inRecovery() ? PgErrors.ofStandby(e) : e;
        }
    }

    /** What says whether the server is still in the history that an earlier backup saw. */
    private static JsonObject lineage(PostgresDatabase database, Moment.Facts moment) {
        var facts = new JsonObject()
                .put("identity", database.identity())
                .put("reading_rules", READING_RULES)
                .put("server_start", moment.serverStart())
                .put("standby", moment.inRecovery())
                .put("next_transaction", moment.position().get(0))
                .put("wal_position", moment.position().get(1));
        moment.history().addTo(facts);
        return facts;
    }

    private JsonObject facts() {
        var facts = new JsonObject().put("product", PostgresEngine.PRODUCT);
        lineage(database, moment.facts()).members().forEach(facts::put);
        return facts.put("server_version", database.server().version())
                .put("server_version_num", database.server().versionNumber())
                .put("locale", database.server().locale())
                .put("search_path", database.server().searchPath())
                .put("extensions", ReadyStatements.extensions(moment.lead()))
                .put("tablespaces", Tablespaces.usedBy(moment.lead()))
                .put("large_objects", LargeObjects.count(moment.lead()))
                .put(
                        "pg_dump",
                        database.programs()
                                .atLeast("pg_dump", database.server().major())
                                .version())
                .put("fingerprints_hold", moment.facts().inRecovery() || waitForDisk());
    }

    /**
     * Ends a transaction of our own with an empty message in it, which puts the log up to it on disk. A quiet server may leave the end of
     * its log in memory for 15 seconds. False where that is not allowed: then waiting is all that is left.
     */
    private boolean pushLogToDisk() {
        try (var statement = database.connection().createStatement()) {
            statement.execute("SET synchronous_commit = local");
            statement.execute("SELECT pg_catalog.pg_logical_emit_message(true, 'holdfast', '')");
            statement.execute("RESET synchronous_commit");
            return true;
        } catch (SQLException e) {
            if (PgErrors.isRefusal(e)) {
                return false;
            }
            throw PgErrors.of("asking the server to write its log", e);
        }
    }

    /** Whether the log is on disk, after a wait; where nobody cares for it, as it stands. */
    private boolean waitForDisk() {
        String reached = "SELECT pg_catalog.pg_current_wal_flush_lsn() >= "
                + Sql.value(moment.facts().position().get(1));
        try (var statement = moment.lead().createStatement()) {
            for (int i = 0; i < SETTLE_TRIES; i++) {
                run.checkInterrupted();
                try (ResultSet row = statement.executeQuery(reached)) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return true;
                    }
                }
                if (database.unchecked().contains(TrustCondition.ON_DISK)) {
                    return false;
                }
                if (i > 0 || !pushLogToDisk()) {
                    Pause.moment();
                }
            }
            run.finding(new Finding(
                    Severity.WARNING,
                    "log_not_on_disk",
                    database.name(),
                    "the server has not written its log for a minute; the next backup will not trust this one's version"
                            + " fingerprints"));
            return false;
        } catch (SQLException e) {
            throw PgErrors.of("waiting for the server's log", e);
        }
    }

    @Override
    public void close() {
        try (reading) {
            schema.close();
        }
    }
}
