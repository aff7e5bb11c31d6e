package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore.Creation;
import dev.holdfast.store.FaultStore.Moment;
import dev.holdfast.store.FaultStore.Operation;
import dev.holdfast.testing.ManualClock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without a planned fault it is a store like any other; planned faults fire as planned, or are told as pending. */
class FaultStoreTest extends BlobStoreContract {
    private static final BlobName A = new BlobName("a");
    private static final BlobName B = new BlobName("b");

    private final MemoryStore inner = new MemoryStore(ManualClock.inJanuary());
    private final FaultStore faults = new FaultStore(inner);

    @Override
    protected BlobStore newStore() {
        return faults;
    }

    private void plan(Operation operation, int nth, Moment moment) {
        faults.fail(
                operation,
                name -> name.startsWith("a"),
                nth,
                moment,
                () -> new HoldfastException(ErrorCode.STORE_FAILED, "planned"));
    }

    private static Content bytes() {
        return Content.of(new byte[] {1, 2, 3});
    }

    private static void assertPlanned(ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOf(HoldfastException.class).hasMessage("planned");
    }

    @Test
    void aFaultThatHasNotFiredIsPending() {
        plan(Operation.CREATE, 2, Moment.BEFORE);
        assertThat(faults.pending()).isEqualTo(1);

        faults.create(A, bytes());
        faults.create(B, bytes());
        faults.find(A);
        assertThat(faults.pending())
                .as("neither another name nor another operation counts")
                .isEqualTo(1);

        assertPlanned(() -> faults.create(A, bytes()));
        assertThat(faults.pending()).isZero();
    }

    @Test
    void aFaultFiresOnce() {
        plan(Operation.CREATE, 1, Moment.BEFORE);

        assertPlanned(() -> faults.create(A, bytes()));

        assertThat(faults.create(A, bytes())).isEqualTo(Creation.CREATED);
    }

    @Test
    void aFaultBeforeTheOperationKeepsItFromHappening() {
        plan(Operation.CREATE, 1, Moment.BEFORE);

        assertPlanned(() -> faults.create(A, bytes()));

        assertThat(inner.find(A)).isEmpty();
    }

    @Test
    void aLostAnswerIsAFaultAfterTheOperation() {
        plan(Operation.CREATE, 1, Moment.AFTER);

        assertPlanned(() -> faults.create(A, bytes()));

        assertThat(inner.find(A)).isPresent();
    }

    @Test
    void severalFaultsEachCountTheirOwnCallsFromTheMomentTheyWerePlanned() {
        plan(Operation.CREATE, 1, Moment.BEFORE);
        plan(Operation.CREATE, 2, Moment.BEFORE);

        assertPlanned(() -> faults.create(A, bytes()));
        assertPlanned(() -> faults.create(A, bytes()));

        assertThat(faults.pending()).isZero();
        assertThat(faults.create(A, bytes())).isEqualTo(Creation.CREATED);
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void everyOperationCanBeMadeToFail(Operation operation) {
        inner.create(A, bytes());
        plan(operation, 1, Moment.BEFORE);

        assertPlanned(() -> {
            switch (operation) {
                case CREATE -> faults.create(A, bytes());
                case FIND -> faults.find(A);
                case READ -> faults.read(A, 0, 1);
                case LIST -> faults.list(A, facts -> {});
                case DELETE -> faults.delete(A);
            }
        });

        assertThat(faults.pending()).isZero();
    }

    @Test
    void openingCountsAsReading() {
        inner.create(A, bytes());
        plan(Operation.READ, 1, Moment.BEFORE);

        assertPlanned(() -> faults.open(A));
    }
}
