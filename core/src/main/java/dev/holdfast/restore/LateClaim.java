package dev.holdfast.restore;

import dev.holdfast.engine.Watch;
import java.util.Optional;
import java.util.function.Supplier;

/** A database kept away from other runs from the moment on in which that was agreed to. Used by one thread; close gives it up. */
public final class LateClaim implements AutoCloseable {
    private final Supplier<Watch> watches;
    private Optional<Watch> watch = Optional.empty();

    public LateClaim(Supplier<Watch> watches) {
        this.watches = watches;
    }

    /** Takes it; an error names who has it. */
    public boolean take() {
        Watch opened = watches.get();
        watch = Optional.of(opened);
        opened.claim();
        return true;
    }

    @Override
    public void close() {
        watch.ifPresent(Watch::close);
    }
}
