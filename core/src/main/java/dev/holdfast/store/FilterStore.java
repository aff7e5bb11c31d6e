package dev.holdfast.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that hands everything on to another one; decorators override what they change. */
public abstract class FilterStore implements BlobStore {
    private final BlobStore inner;

    protected FilterStore(BlobStore inner) {
        this.inner = inner;
    }

    @Override
    public Creation create(BlobName name, Content content) {
        return inner.create(name, content);
    }

    @Override
    public Optional<BlobFacts> find(BlobName name) {
        return inner.find(name);
    }

    @Override
    public InputStream open(BlobName name) {
        return inner.open(name);
    }

    @Override
    public byte[] read(BlobName name, long offset, int length) {
        return inner.read(name, offset, length);
    }

    @Override
    public void list(BlobName folder, Consumer<BlobFacts> each) {
        inner.list(folder, each);
    }

    @Override
    public boolean delete(BlobName name) {
        return inner.delete(name);
    }

    @Override
    public Instant now() {
        return inner.now();
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
