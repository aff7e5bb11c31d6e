package dev.holdfast.store;

import java.util.List;

/**
 * The bytes of a blob to be created, as a run of arrays. The arrays are not copied and must not change until the blob is created.
 */
public record Content(List<byte[]> parts) {
    public Content {
        parts = List.copyOf(parts);
    }

    public static Content of(byte[] bytes) {
        return new Content(List.of(bytes));
    }

    /** In bytes. */
    public long length() {
        long sum = 0;
        for (byte[] part : parts) {
            sum += part.length;
        }
        return sum;
    }
}
