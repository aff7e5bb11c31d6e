package dev.holdfast.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** Blobs in memory, with a clock that the owner hands in. For tests and models of what several runs do to one repository. */
public final class MemoryStore implements BlobStore {
    private record Blob(byte[] bytes, Instant created) {}

    private final ConcurrentSkipListMap<BlobName, Blob> blobs = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    public MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Creation create(BlobName name, Content content) {
        var bytes = new byte[Math.toIntExact(content.length())];
        int at = 0;
        for (byte[] part : content.parts()) {
            System.arraycopy(part, 0, bytes, at, part.length);
            at += part.length;
        }
        return blobs.putIfAbsent(name, new Blob(bytes, clock.instant())) == null ? Creation.CREATED : Creation.TAKEN;
    }

    @Override
    public Optional<BlobFacts> find(BlobName name) {
        return Optional.ofNullable(blobs.get(name)).map(blob -> facts(name, blob));
    }

    @Override
    public InputStream open(BlobName name) {
        return new ByteArrayInputStream(blob(name).bytes);
    }

    @Override
    public byte[] read(BlobName name, long offset, int length) {
        byte[] bytes = blob(name).bytes;
        if (offset > bytes.length - length) {
            throw StoreErrors.cut(name, offset + length);
        }
        return Arrays.copyOfRange(bytes, Math.toIntExact(offset), Math.toIntExact(offset + length));
    }

    @Override
    public void list(BlobName folder, Consumer<BlobFacts> each) {
        String prefix = folder.path() + "/";
        blobs.forEach((name, blob) -> {
            if (name.path().startsWith(prefix)) {
                each.accept(facts(name, blob));
            }
        });
    }

    @Override
    public boolean delete(BlobName name) {
        return blobs.remove(name) != null;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public String toString() {
        return "memory";
    }

    private static BlobFacts facts(BlobName name, Blob blob) {
        return new BlobFacts(name, blob.bytes.length, blob.created);
    }

    private Blob blob(BlobName name) {
        Blob blob = blobs.get(name);
        if (blob == null) {
            throw StoreErrors.missing(name);
        }
        return blob;
    }
}
