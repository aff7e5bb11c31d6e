package dev.holdfast.store;

import dev.holdfast.testing.ManualClock;

class MemoryStoreTest extends BlobStoreContract {
    @Override
    protected BlobStore newStore() {
        return new MemoryStore(ManualClock.inJanuary());
    }
}
