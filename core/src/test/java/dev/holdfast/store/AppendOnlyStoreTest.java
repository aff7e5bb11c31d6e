package dev.holdfast.store;

import dev.holdfast.testing.ManualClock;

class AppendOnlyStoreTest extends BlobStoreContract {
    @Override
    protected BlobStore newStore() {
        return new AppendOnlyStore(new MemoryStore(ManualClock.inJanuary()));
    }

    @Override
    protected boolean canDelete() {
        return false;
    }
}
