package dev.holdfast.postgres;

import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Part;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.RecordSink;
import dev.holdfast.engine.Relation;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads ranges with COPY on one connection of a moment. Used by one thread at a time. */
final class CopyReader implements RangeReader {
    private final PgSession session;
    private final boolean lead;
    private final boolean standby;
    private final Map<Long, Boolean> locked = new HashMap<>();

    CopyReader(PgSession session, boolean lead, boolean standby) {
        this.session = session;
        this.lead = lead;
        this.standby = standby;
    }

    @Override
    public List<Optional<Fingerprint>> fingerprints(List<Part> parts) {
        lockAtOnce(parts.stream()
                .filter(CopyReader::hasFingerprints)
                .map(part -> Table.of(part.relation().facts()))
                .toList());
        List<Boolean> asked = parts.stream()
                .map(part -> hasFingerprints(part)
                        && reaches(Table.of(part.relation().facts())))
                .toList();
        List<Part> within = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (asked.get(i)) {
                within.add(parts.get(i));
            }
        }
        Iterator<Optional<Fingerprint>> found = ask(within).iterator();
        return asked.stream()
                .map(each -> each ? found.next() : Optional.<Fingerprint>empty())
                .toList();
    }

    private static boolean hasFingerprints(Part part) {
        return part.relation().facts().has("lineage");
    }

    private List<Optional<Fingerprint>> ask(List<Part> parts) {
        if (parts.isEmpty()) {
            return List.of();
        }
        try {
            return Fingerprints.ask(session, parts);
        } catch (SQLException e) {
            String names = FirstFew.of(parts.stream()
                    .map(part -> part.relation().name())
                    .distinct()
                    .toList());
            throw isRenamed(e) ? renamed(names, e) : failed(names, e);
        }
    }

    @Override
    public boolean read(Relation relation, JsonObject range, RecordSink sink) {
        Table table = Table.of(relation.facts());
        if (!reaches(table)) {
            return false;
        }
        String copy = "COPY " + table.copied(range) + " TO STDOUT" + session.copyOptions();
        try {
            session.copyOut(copy, sink);
        } catch (SQLException e) {
            throw isRenamed(e) ? renamed(relation.name(), e) : failed(relation.name(), e);
        }
        return true;
    }

    private static boolean isRenamed(SQLException e) {
        return PgErrors.isGoneName(e) || PgErrors.oneLine(e).contains(Table.RENAMED);
    }

    private HoldfastException failed(String table, SQLException e) {
        HoldfastException failure = PgErrors.of("reading table " + table, e);
        return standby ? PgErrors.ofStandby(failure) : failure;
    }

    /** On a standby, the replay of such a change first ended the session that held the lock; which error is seen first is chance. */
    private HoldfastException renamed(String table, SQLException e) {
        return new HoldfastException(
                        ErrorCode.DATABASE_FAILED,
                        "table " + table + " was renamed while it was read: " + PgErrors.oneLine(e),
                        e)
                .withHint("run the same command again when no migration is under way"
                        + (standby ? "; or " + PgErrors.RECOVERY_CONFLICT_HINT : ""));
    }

    private boolean reaches(Table table) {
        return lead || locked.computeIfAbsent(table.oid(), oid -> lock(List.of(table)));
    }

    /** One round trip, where it can be, instead of one for each. */
    private void lockAtOnce(List<Table> tables) {
        List<Table> open = tables.stream()
                .filter(table -> !locked.containsKey(table.oid()))
                .distinct()
                .toList();
        if (!lead && open.size() > 1 && lock(open)) {
            open.forEach(table -> locked.put(table.oid(), true));
        }
    }

    /**
     * Where an ALTER TABLE waits for the lead to end, waiting behind it would hang for ever: the server does not see that the lead waits
     * for us. So this never waits.
     */
    private boolean lock(List<Table> tables) {
        List<String> names = tables.stream()
                .flatMap(table -> table.source().locked(table).stream())
                .toList();
        if (names.isEmpty()) {
            return true;
        }
        try (var statement = session.connection().createStatement()) {
            statement.execute("SAVEPOINT holdfast; LOCK TABLE ONLY " + String.join(", ONLY ", names)
                    + " IN ACCESS SHARE MODE NOWAIT; RELEASE SAVEPOINT holdfast");
            return true;
        } catch (SQLException e) {
            String tableNames =
                    FirstFew.of(tables.stream().map(Table::displayName).toList());
            if (isRenamed(e)) {
                throw renamed(tableNames, e);
            }
            if (!PgErrors.is(e, PgErrors.LOCK_NOT_AVAILABLE)) {
                throw PgErrors.of("locking " + tableNames, e);
            }
            PgConnections.execute(session.connection(), "going on without a lock", "ROLLBACK TO SAVEPOINT holdfast");
            return false;
        }
    }
}
