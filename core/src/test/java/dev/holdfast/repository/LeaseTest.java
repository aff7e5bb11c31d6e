package dev.holdfast.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.store.AppendOnlyStore;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.FaultStore;
import dev.holdfast.store.FaultStore.Moment;
import dev.holdfast.store.FaultStore.Operation;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeaseTest {
    private static final BackupName NEXT = new BackupName(Examples.SHOP, Examples.ID.next());

    private final MemoryStore store = new MemoryStore(ManualClock.inJanuary());

    private static Lease take(BlobStore store) {
        return Lease.take(store, Examples.RUN, Examples.HOLDER, Examples.NAME);
    }

    private static String part(int number) {
        return "leases/" + Examples.RUN + "." + number + ".json";
    }

    private JsonObject read(int number) {
        return Sealed.object(Blobs.bytes(store, part(number)), part(number));
    }

    @Test
    void aLeaseSaysWhoHoldsItAndWhichNameItReserves() {
        try (Lease lease = take(store)) {
            assertThat(lease.reserved()).isEqualTo(Examples.NAME);
            assertThat(Blobs.names(store, "leases")).containsExactly(part(1));
            assertThat(read(1))
                    .isEqualTo(new JsonObject()
                            .put("run", Examples.RUN.hex())
                            .put("kind", "backup")
                            .put("source", "shop")
                            .put("id", "20260122_171449")
                            .put("host", "host")
                            .put("boot", "boot")
                            .put("pid", 42)
                            .put("ended", false));
            lease.check();
        }
    }

    @Test
    void reservingAnotherNameWritesANewPartBeforeTheOldOneGoes() {
        try (Lease lease = take(store)) {
            lease.reserve(NEXT);

            assertThat(lease.reserved()).isEqualTo(NEXT);
            assertThat(Blobs.names(store, "leases")).containsExactly(part(2));
            assertThat(read(2).string("id")).isEqualTo("20260122_171449_2");
        }
    }

    @Test
    void aClosedLeaseLeavesNothingHoweverOftenItIsClosed() {
        Lease lease = take(store);
        lease.close();
        lease.close();
        assertThat(Blobs.names(store, "leases")).isEmpty();
    }

    @Test
    void whereNothingCanBeDeletedTheLastPartSaysThatTheLeaseHasEnded() {
        Lease lease = take(new AppendOnlyStore(store));
        lease.reserve(NEXT);
        lease.close();
        lease.close();

        assertThat(Blobs.names(store, "leases")).containsExactly(part(1), part(2), part(3));
        assertThat(read(2).flag("ended")).isFalse();
        assertThat(read(3).flag("ended")).isTrue();
    }

    @Test
    void ofTwoThatTakeTheSameLeaseTheSecondIsRefused() {
        try (Lease first = take(store)) {
            assertThatThrownBy(() -> take(store))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_FAILED));
            first.check();
        }
    }

    @Test
    void aLeaseThatCannotBeWrittenIsNotTaken() {
        var faults = failing(1, Moment.BEFORE);
        assertThatThrownBy(() -> take(faults)).hasMessage("planned");
        assertThat(Blobs.names(store, "leases")).isEmpty();
    }

    /** A part that stays behind would hold every prune up for half an hour. */
    @ParameterizedTest
    @EnumSource(Moment.class)
    void aPartThatCouldNotBeWrittenLeavesNoOlderOneBehindForever(Moment moment) {
        var faults = failing(2, moment);
        try (Lease lease = take(faults)) {
            assertThatThrownBy(() -> lease.reserve(NEXT)).hasMessage("planned");
            assertThat(faults.pending()).isZero();

            lease.reserve(NEXT);
            assertThat(Blobs.names(store, "leases")).containsExactly(part(3));
        }
        assertThat(Blobs.names(store, "leases")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aLeaseWhoseLastPartCouldNotBeWrittenEndsAllTheSame(Moment moment) {
        var faults = failing(2, moment);
        try (Lease lease = take(faults)) {
            assertThatThrownBy(() -> lease.reserve(NEXT)).hasMessage("planned");
        }
        assertThat(Blobs.names(store, "leases")).isEmpty();
    }

    private FaultStore failing(int nth, Moment moment) {
        return new FaultStore(store)
                .fail(
                        Operation.CREATE,
                        name -> name.startsWith("leases/"),
                        nth,
                        moment,
                        () -> new HoldfastException(ErrorCode.STORE_FAILED, "planned"));
    }
}
