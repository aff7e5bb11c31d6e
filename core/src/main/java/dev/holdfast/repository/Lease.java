package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.RunId;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run's claim that it is alive and that it reserves a head's name. Renewed every minute by new parts, since nothing is ever replaced;
 * its age counts from the newest part, by the store's clock. Close ends it. Safe for several threads.
 */
public final class Lease implements AutoCloseable {
    private static final Duration RENEWAL = Duration.ofMinutes(1);

    private final BlobStore store;
    private final RunId run;
    private final Holder holder;
    private final ScheduledExecutorService timer;
    private BackupName reserved;
    private int part;
    private int oldestPart = 1; // that may still stand
    private boolean ended;
    private @Nullable HoldfastException renewalFailure;
    private @Nullable ScheduledFuture<?> renewal;

    private Lease(BlobStore store, RunId run, Holder holder, BackupName reserved) {
        this.store = store;
        this.run = run;
        this.holder = holder;
        this.reserved = reserved;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "holdfast-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Takes a lease that reserves the given name, and keeps it alive until it is closed. */
    public static Lease take(BlobStore store, RunId run, Holder holder, BackupName reserved) {
        var lease = new Lease(store, run, holder, reserved);
        lease.writePart(false);
        lease.renewal = lease.timer.scheduleAtFixedRate(
                lease::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        return lease;
    }

    /** The name whose head this run may create. */
    public synchronized BackupName reserved() {
        return reserved;
    }

    /** Reserves another name instead; durable when this returns. */
    public synchronized void reserve(BackupName name) {
        reserved = name;
        writePart(false);
    }

    /** Throws when the lease could not be renewed: then nobody may rely on it. */
    public synchronized void check() {
        if (renewalFailure != null) {
            throw renewalFailure.during("the lease of this run could not be renewed");
        }
    }

    private synchronized void renew() {
        if (ended) {
            return;
        }
        try {
            writePart(false);
            renewalFailure = null;
        } catch (RuntimeException e) { // a timer's task that throws is never run again
            renewalFailure = e instanceof HoldfastException known
                    ? known
                    : new HoldfastException(ErrorCode.INTERNAL, String.valueOf(e), e);
        }
    }

    private synchronized void writePart(boolean end) {
        var json = new JsonObject()
                .put("run", run.hex())
                .put("kind", "backup")
                .put("source", reserved.source().value())
                .put("id", reserved.id().toString());
        holder.in(json).put("ended", end);
        part++;
        if (store.create(Layout.lease(run, part), Content.of(Sealed.bytes(json))) == BlobStore.Creation.TAKEN) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, Layout.lease(run, part) + " is there already");
        }
        while (oldestPart < part) {
            goneIfAllowed(oldestPart++);
        }
    }

    /** Where deleting is not allowed, old parts stay until a prune by somebody who may. */
    private boolean goneIfAllowed(int number) {
        try {
            store.delete(Layout.lease(run, number));
            return true;
        } catch (HoldfastException e) {
            return false;
        }
    }

    /** What was done under the lease is done; a lease that nobody could end runs out by itself. */
    private boolean endIfPossible() {
        try {
            writePart(true);
            return true;
        } catch (HoldfastException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (renewal != null) {
            renewal.cancel(false);
        }
        timer.shutdownNow();
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            boolean gone = true;
            for (int number = oldestPart; number <= part; number++) {
                gone &= goneIfAllowed(number);
            }
            if (!gone) {
                endIfPossible();
            }
        }
    }
}
