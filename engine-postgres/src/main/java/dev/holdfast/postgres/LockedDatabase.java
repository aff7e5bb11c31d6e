package dev.holdfast.postgres;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Occupant;
import dev.holdfast.engine.Protection;
import dev.holdfast.engine.Replacement;
import dev.holdfast.engine.Restoration;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.time.Instant;
import java.util.function.IntFunction;

/** A database as one transaction sees it that keeps others from writing. */
final class LockedDatabase implements Database {
    private final PostgresDatabase database;
    private final IntFunction<Moment> moment;

    /**
     * @param moment opens the transaction's moment with that many readers
     */
    LockedDatabase(PostgresDatabase database, IntFunction<Moment> moment) {
        this.database = database;
        this.moment = moment;
    }

    @Override
    public String name() {
        return database.name();
    }

    @Override
    public String address() {
        return database.address();
    }

    @Override
    public JsonObject identity() {
        return database.identity();
    }

    @Override
    public Instant now() {
        return database.now();
    }

    @Override
    public Protection protection() {
        return database.protection();
    }

    @Override
    public Capture capture(Run run, int readers, Earlier earlier) {
        return PostgresCapture.of(database, run, earlier, moment.apply(readers));
    }

    @Override
    public boolean hasDatabase(String other) {
        return database.hasDatabase(other);
    }

    @Override
    public Occupant occupant(String name, String mark) {
        return database.occupant(name, mark);
    }

    @Override
    public Restoration restoreInto(Run run, RestoreOrder order) {
        throw new IllegalStateException("a locked database is only read");
    }

    @Override
    public Replacement replacement(Run run, String doing) {
        throw new IllegalStateException("a locked database is only read");
    }

    @Override
    public void close() {
        // the transaction goes on
    }
}
