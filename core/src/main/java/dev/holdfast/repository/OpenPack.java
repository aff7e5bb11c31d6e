package dev.holdfast.repository;

import dev.holdfast.run.RunId;
import dev.holdfast.store.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pack in memory while it is being filled. Filled by one thread at a time, under its writer's lock. */
final class OpenPack {
    private final RunId run;
    private final List<byte[]> frames = new ArrayList<>();
    private final List<PackFooter.Entry> entries = new ArrayList<>();
    private long length;
    private volatile @Nullable Sha256 id;

    OpenPack(RunId run) {
        this.run = run;
    }

    PackedChunk add(Sha256 chunk, byte[] frame, int rawLength) {
        var entry = new PackFooter.Entry(chunk, length, frame.length, rawLength);
        frames.add(frame);
        entries.add(entry);
        length += frame.length;
        return PackedChunk.in(this, entry);
    }

    /** The bytes of all frames so far. */
    long length() {
        return length;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** All bytes of the pack, footer included. */
    Content content() {
        List<byte[]> parts = new ArrayList<>(frames);
        parts.add(new PackFooter(run, entries).bytes());
        return new Content(parts);
    }

    /** Gives the pack its name; its bytes are let go. */
    void written(Sha256 name) {
        frames.clear();
        id = name;
    }

    boolean isWritten() {
        return id != null;
    }

    Sha256 id() {
        Sha256 name = id;
        if (name == null) {
            throw new IllegalStateException("the pack is not written yet");
        }
        return name;
    }
}
