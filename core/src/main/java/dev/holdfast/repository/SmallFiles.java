package dev.holdfast.repository;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.store.BlobFacts;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the repository's files that are neither heads nor packs, and says which are not what was written. */
public final class SmallFiles {
    private static final List<String> SEALED_FOLDERS =
            List.of("avoid", "journal", "leases", "partial", "pins", "trash");

    private final BlobStore store;
    private final List<String> damaged = new ArrayList<>();

    private SmallFiles(BlobStore store) {
        this.store = store;
    }

    /** One line for each file that is damaged. */
    public static List<String> damaged(Repository repository) {
        var files = new SmallFiles(repository.store());
        files.checkCompanions();
        files.checkBindings(repository);
        for (String folder : SEALED_FOLDERS) {
            files.list(new BlobName(folder), files::checkSealed);
        }
        files.list(Layout.BACKUPS, facts -> {
            if (facts.name().lastPart().matches("source(-\\d+)?\\.json")) {
                files.checkSealed(facts);
            }
        });
        files.list(Layout.PACKS, facts -> {
            if (facts.name().path().endsWith(Layout.SEALED)) {
                files.checkSealed(facts);
            }
        });
        return files.damaged;
    }

    /** A folder that may not be looked into must not keep anybody from judging the backups. */
    private void list(BlobName folder, Consumer<BlobFacts> each) {
        try {
            store.list(folder, each);
        } catch (HoldfastException e) {
            damaged.add(String.valueOf(e.getMessage()));
        }
    }

    /** Without its binding a source would take the backups of whatever database comes under its name. */
    private void checkBindings(Repository repository) {
        repository.heads().all().forEach((source, ids) -> {
            BlobName binding = Layout.source(source, 1);
            if (!ids.isEmpty() && store.find(binding).isEmpty()) {
                damaged.add(binding + " is missing");
            }
        });
    }

    private void checkCompanions() {
        try {
            JsonObject digests = Sealed.object(
                            SealedBlob.bytes(store, Layout.REPOSITORY).orElseThrow(), Layout.REPOSITORY)
                    .object("files");
            for (String name : digests.members().keySet()) {
                Optional<byte[]> bytes = SealedBlob.bytes(store, new BlobName(name));
                if (bytes.isEmpty()) {
                    damaged.add(name + " is missing");
                } else if (!Sha256.of(bytes.get()).hex().equals(digests.string(name))) {
                    damaged.add(name + " is damaged: its bytes do not match its digest in holdfast.json");
                }
            }
        } catch (HoldfastException | JsonException | IllegalArgumentException e) {
            damaged.add(String.valueOf(e.getMessage()));
        }
    }

    private void checkSealed(BlobFacts facts) {
        try {
            Optional<JsonObject> unused = SealedBlob.find(store, facts.name(), json -> json);
        } catch (HoldfastException e) {
            damaged.add(String.valueOf(e.getMessage()));
        }
    }
}
