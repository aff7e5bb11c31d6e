package dev.holdfast.testing;

import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/** Looks into a repository's store, and damages it, as no operation of ours would. */
public final class Blobs {
    private static final List<String> FOLDERS =
            List.of("avoid", "backups", "journal", "leases", "packs", "partial", "pins", "tmp", "trash");
    private static final List<String> FILES =
            List.of("holdfast.json", ".gitignore", "README.txt", "restore-without-holdfast-1.py");

    private Blobs() {}

    /** The names of all blobs of a repository. */
    public static NavigableSet<String> names(BlobStore store) {
        NavigableSet<String> names = new TreeSet<>();
        FOLDERS.forEach(folder ->
                store.list(new BlobName(folder), facts -> names.add(facts.name().path())));
        FILES.stream()
                .filter(file -> store.find(new BlobName(file)).isPresent())
                .forEach(names::add);
        return names;
    }

    /** The names of the blobs below one folder. */
    public static NavigableSet<String> names(BlobStore store, String folder) {
        NavigableSet<String> names = new TreeSet<>();
        store.list(new BlobName(folder), facts -> names.add(facts.name().path()));
        return names;
    }

    /** All bytes of a blob. */
    public static byte[] bytes(BlobStore store, String name) {
        var blob = new BlobName(name);
        long length = store.find(blob).orElseThrow().length();
        return store.read(blob, 0, Math.toIntExact(length));
    }

    public static void create(BlobStore store, String name, byte[] bytes) {
        if (store.create(new BlobName(name), Content.of(bytes)) == BlobStore.Creation.TAKEN) {
            throw new IllegalStateException(name + " is taken");
        }
    }

    /** Puts other bytes under a name, as a failing disk does. */
    public static void replace(BlobStore store, String name, byte[] bytes) {
        store.delete(new BlobName(name));
        create(store, name, bytes);
    }

    /** A copy with one bit flipped; bits count from 0, the lowest of the first byte. */
    public static byte[] flipped(byte[] bytes, long bit) {
        byte[] damaged = bytes.clone();
        int at = Math.toIntExact(bit / 8);
        damaged[at] = (byte) (damaged[at] ^ (1 << (int) (bit % 8)));
        return damaged;
    }

    /** A copy with a bit flipped somewhere. */
    public static byte[] flipped(byte[] bytes, Random random) {
        return flipped(bytes, random.nextInt(bytes.length) * 8L + random.nextInt(8));
    }

    /** The first bytes of the array. */
    public static byte[] cut(byte[] bytes, int length) {
        return java.util.Arrays.copyOf(bytes, length);
    }
}
