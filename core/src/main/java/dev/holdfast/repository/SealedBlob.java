package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import java.util.Optional;
import java.util.function.Function;

/** Reads sealed blobs from a store into what they mean. */
final class SealedBlob {
    /** No sealed blob is longer, in bytes; a longer file is none of ours. */
    private static final long LONGEST = 256L << 20;

    private SealedBlob() {}

    /**
     * What a sealed blob means; empty when there is none, also when it was deleted while we looked. One that does not mean anything is
     * an error with the code {@code DAMAGED}.
     */
    static <T> Optional<T> find(BlobStore store, BlobName name, Function<JsonObject, T> meaning) {
        return bytes(store, name).map(bytes -> Sealed.read(bytes, name, meaning));
    }

    /** The bytes of a small blob; empty when there is none, also when it was deleted while we looked. */
    static Optional<byte[]> bytes(BlobStore store, BlobName name) {
        return store.find(name).flatMap(facts -> {
            if (facts.length() > LONGEST) {
                throw new HoldfastException(
                        ErrorCode.DAMAGED, name + " is damaged: it has " + facts.length() + " bytes");
            }
            try {
                return Optional.of(store.read(name, 0, (int) facts.length()));
            } catch (HoldfastException e) {
                if (store.find(name).isEmpty()) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }
}
