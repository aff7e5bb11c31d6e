package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.RunId;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fills packs with chunks, each decompressed again and compared before it is taken, and writes each full pack, then reads it back and
 * compares it. So every byte in storage is one that was shown to decompress to its chunk. Safe for several threads, which compress side by side; memory is one pack for each thread that is writing, and the one being filled.
 */
public final class PackWriter {
    /** A pack is written when its frames reach this length, in bytes. */
    static final long FULL = 16L << 20;

    /** A pack that was written and read back; the length in bytes. */
    public record Written(Sha256 pack, long length) {}

    private final BlobStore store;
    private final RunId run;
    private final Object lock = new Object();
    private final List<Written> written = new ArrayList<>();
    private OpenPack open;

    public PackWriter(BlobStore store, RunId run) {
        this.store = store;
        this.run = run;
        this.open = new OpenPack(run);
    }

    /** Adds a chunk. The bytes are copied (compressed) before this returns. */
    public PackedChunk add(Sha256 chunk, byte[] raw, int offset, int length) {
        byte[] frame = ChunkCodec.compress(raw, offset, length);
        OpenPack full;
        PackedChunk packed;
        synchronized (lock) {
            packed = open.add(chunk, frame, length);
            if (open.length() < FULL) {
                return packed;
            }
            full = open;
            open = new OpenPack(run);
        }
        write(full);
        return packed;
    }

    /** Adds a chunk that is the whole array. */
    public PackedChunk add(byte[] raw) {
        return add(Sha256.of(raw), raw, 0, raw.length);
    }

    /** Writes what was added so far, so that every chunk has its place. */
    public void flush() {
        OpenPack last;
        synchronized (lock) {
            if (open.isEmpty()) {
                return;
            }
            last = open;
            open = new OpenPack(run);
        }
        write(last);
    }

    /** The packs written so far, in no order. */
    public List<Written> written() {
        synchronized (lock) {
            return List.copyOf(written);
        }
    }

    private void write(OpenPack pack) {
        Content content = pack.content();
        MessageDigest digest = Sha256.newDigest();
        content.parts().forEach(digest::update);
        Sha256 id = Sha256.finish(digest);
        // taken can only mean that an answer was lost on the way: the footer names this run, so nobody else writes
        // these bytes
        BlobStore.Creation creation = store.create(Layout.pack(id), content);
        if (!isThere(id, content)) {
            throw new HoldfastException(
                            ErrorCode.DAMAGED,
                            "pack " + id + " (" + creation + ") was read back and is not what was written")
                    .withHint("the storage returned other bytes than were written; check its disk and its memory");
        }
        pack.written(id);
        synchronized (lock) {
            written.add(new Written(id, content.length()));
        }
    }

    /** Compares byte for byte, which says the same as hashing and costs less. */
    private boolean isThere(Sha256 id, Content content) {
        if (store.find(Layout.pack(id)).isEmpty()) {
            return false;
        }
        try (InputStream in = store.open(Layout.pack(id))) {
            for (byte[] part : content.parts()) {
                if (!Arrays.equals(in.readNBytes(part.length), part)) {
                    return false;
                }
            }
            return in.read() < 0;
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "reading pack " + id + " back: " + e.getMessage(), e);
        }
    }
}
