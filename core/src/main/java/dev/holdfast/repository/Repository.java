package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.RunId;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A repository of format 1 in a store. Safe for several threads; owns nothing that needs closing. */
public final class Repository {
    /** Plain files that every repository holds: what it is, and how to restore from it without Holdfast. */
    static final List<String> COMPANIONS = List.of(".gitignore", "README.txt", "restore-without-holdfast-1.py");

    private final BlobStore store;
    private final UUID id;
    private final Optional<SourceName> called;

    private Repository(BlobStore store, UUID id, Optional<SourceName> called) {
        this.store = store;
        this.id = id;
        this.called = called;
    }

    /** Whether a repository stands in the store. */
    public static boolean exists(BlobStore store) {
        return store.find(Layout.REPOSITORY).isPresent();
    }

    /** Opens the repository in the store; a format that this version does not know is refused. */
    public static Repository open(BlobStore store) {
        var facts = store.find(Layout.REPOSITORY)
                .orElseThrow(() -> new HoldfastException(ErrorCode.NO_REPOSITORY, "no repository at " + store));
        JsonObject json = Sealed.object(
                store.read(Layout.REPOSITORY, 0, Math.toIntExact(facts.length())), store + "/" + Layout.REPOSITORY);
        try {
            if (json.count("format") != 1 || !json.strings("needs").isEmpty()) {
                throw new HoldfastException(
                                ErrorCode.TOO_NEW,
                                "the repository at " + store + " needs what this version does not know: format "
                                        + json.count("format") + " " + json.strings("needs"))
                        .withHint("use the newest version of Holdfast");
            }
            return new Repository(store, UUID.fromString(json.string("id")), Optional.empty());
        } catch (JsonException | IllegalArgumentException e) {
            throw new HoldfastException(
                    ErrorCode.DAMAGED, store + "/" + Layout.REPOSITORY + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Makes a repository in the store, or opens the one that is there. Two that make it at once get the same one. */
    public static Repository openOrCreate(BlobStore store, Instant now) {
        if (!exists(store)) {
            var digests = new JsonObject();
            for (String companion : COMPANIONS) {
                BlobName name = new BlobName(companion);
                store.create(name, Content.of(companion(companion)));
                // what is there may be left by a run of another version that ended before it was done
                digests.put(
                        companion,
                        Sha256.of(SealedBlob.bytes(store, name).orElseThrow()).hex());
            }
            var json = new JsonObject()
                    .put("format", 1)
                    .put("id", UUID.randomUUID().toString())
                    .put("created", now.toString())
                    .put("needs", List.of())
                    .put("files", digests);
            store.create(Layout.REPOSITORY, Content.of(Sealed.bytes(json)));
        }
        return open(store);
    }

    private static byte[] companion(String name) {
        String resource = name.startsWith(".") ? name.substring(1) : name;
        try (InputStream in = Repository.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new HoldfastException(ErrorCode.INTERNAL, "resource " + resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.INTERNAL, "resource " + resource + ": " + e.getMessage(), e);
        }
    }

    /** The repository's own name, the same in every place it is opened from. */
    public UUID id() {
        return id;
    }

    public BlobStore store() {
        return store;
    }

    public Heads heads() {
        return new Heads(store);
    }

    public SourceBindings sources() {
        return new SourceBindings(store, called);
    }

    /** The same repository for somebody who has a name for the database at hand, which is then its source's. */
    public Repository calling(SourceName name) {
        return new Repository(store, id, Optional.of(name));
    }

    public ChunkReader chunks() {
        return new ChunkReader(store);
    }

    /** What fills the packs of one run. */
    public PackWriter packWriter(RunId run) {
        return new PackWriter(store, run);
    }

    /** Takes a lease that reserves the given name, and keeps it alive until it is closed. */
    public Lease lease(RunId run, Holder holder, BackupName reserved) {
        return Lease.take(store, run, holder, reserved);
    }

    /** Reads a pack from its first byte to its last. */
    public PackState check(Sha256 pack) {
        return PackCheck.check(store, pack);
    }

    /** What reading packs shows, to be filled by reading them. */
    public PackStates packStates() {
        return new PackStates(store);
    }

    /** The clock that alone decides the ages of what is stored. */
    public Instant storeClock() {
        return store.now();
    }

    /** The packs that no new backup shares with, because they were found damaged or a prune has condemned them. */
    public Set<Sha256> avoidedPacks() {
        Set<Sha256> avoided = new HashSet<>();
        store.list(Layout.AVOID, facts -> {
            SealedBlob.find(
                            store,
                            facts.name(),
                            json -> json.strings("packs").stream()
                                    .map(Sha256::parse)
                                    .toList())
                    .ifPresent(avoided::addAll);
        });
        return avoided;
    }

    /** Whether a pack is there with its length; its bytes are not looked at. */
    public boolean holds(KnownPack pack) {
        return store.find(Layout.pack(pack.pack()))
                .filter(facts -> facts.length() == pack.length())
                .isPresent();
    }

    /** Whether a forward says where the chunks of a pack are now. */
    public boolean hasForward(Sha256 pack) {
        return new Forwards(store).exist(pack);
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
