package dev.holdfast.store;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A store that fails on purpose. Each planned fault fires once, at the n-th call of one operation on names that match; what was planned
 * and never fired is told by {@link #pending}, and a test that leaves something pending has proven nothing. Safe for several threads.
 */
public final class FaultStore extends FilterStore {
    /** The operations that can be made to fail. */
    public enum Operation {
        CREATE,
        FIND,
        READ,
        LIST,
        DELETE
    }

    /** Whether the operation takes place before the caller sees the error: an answer can be lost, too. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    private static final class Fault {
        private final Operation operation;
        private final Predicate<String> names;
        private final Moment moment;
        private final Supplier<? extends RuntimeException> error;
        private int callsLeft;

        private Fault(
                Operation operation,
                Predicate<String> names,
                int nth,
                Moment moment,
                Supplier<? extends RuntimeException> error) {
            this.operation = operation;
            this.names = names;
            this.callsLeft = nth;
            this.moment = moment;
            this.error = error;
        }
    }

    private final List<Fault> planned = new ArrayList<>();
    private final List<String> lostAnswers = new java.util.concurrent.CopyOnWriteArrayList<>();

    public FaultStore(BlobStore inner) {
        super(inner);
    }

    /**
     * Plans one fault.
     *
     * @param names which blob names count
     * @param nth the n-th matching call from now fails, from 1
     */
    public synchronized FaultStore fail(
            Operation operation,
            Predicate<String> names,
            int nth,
            Moment moment,
            Supplier<? extends RuntimeException> error) {
        planned.add(new Fault(operation, names, nth, moment, error));
        return this;
    }

    /** How many planned faults have not fired. */
    public synchronized int pending() {
        return planned.size();
    }

    private synchronized Optional<Fault> next(Operation operation, BlobName name) {
        List<Fault> due = new ArrayList<>();
        for (Fault fault : planned) {
            if (fault.operation == operation && fault.names.test(name.path()) && --fault.callsLeft <= 0) {
                due.add(fault);
            }
        }
        // of two that are due at once the second fires at the next matching call
        due.stream().findFirst().ifPresent(planned::remove);
        return due.stream().findFirst();
    }

    private <T> T run(Operation operation, BlobName name, Supplier<T> action) {
        Optional<Fault> fault = next(operation, name);
        if (fault.isEmpty()) {
            return action.get();
        }
        if (fault.get().moment == Moment.AFTER) {
            var unheard = action.get();
            lostAnswers.add(String.valueOf(unheard));
        }
        throw fault.get().error.get();
    }

    @Override
    public Creation create(BlobName name, Content content) {
        return run(Operation.CREATE, name, () -> super.create(name, content));
    }

    @Override
    public Optional<BlobFacts> find(BlobName name) {
        return run(Operation.FIND, name, () -> super.find(name));
    }

    @Override
    public InputStream open(BlobName name) {
        return run(Operation.READ, name, () -> super.open(name));
    }

    @Override
    public byte[] read(BlobName name, long offset, int length) {
        return run(Operation.READ, name, () -> super.read(name, offset, length));
    }

    @Override
    public void list(BlobName folder, Consumer<BlobFacts> each) {
        run(Operation.LIST, folder, () -> {
            super.list(folder, each);
            return true;
        });
    }

    @Override
    public boolean delete(BlobName name) {
        return run(Operation.DELETE, name, () -> super.delete(name));
    }
}
