package dev.holdfast.repository;

import dev.holdfast.run.RunId;
import dev.holdfast.store.BlobName;

/** Where everything stands in a repository: the one place that spells blob names. */
final class Layout {
    static final BlobName REPOSITORY = new BlobName("holdfast.json");
    static final BlobName BACKUPS = new BlobName("backups");
    static final BlobName PACKS = new BlobName("packs");
    static final BlobName AVOID = new BlobName("avoid");
    static final BlobName LEASES = new BlobName("leases");
    static final String SEALED = ".json";
    static final String DIGEST = ".json.sha256";

    private Layout() {}

    static BlobName source(SourceName source, int number) {
        return new BlobName("backups/" + source + "/source" + (number == 1 ? "" : "-" + number) + SEALED);
    }

    static BlobName backups(SourceName source) {
        return new BlobName("backups/" + source);
    }

    static BlobName head(BackupName backup) {
        return new BlobName("backups/" + backup + SEALED);
    }

    static BlobName headDigest(BackupName backup) {
        return new BlobName("backups/" + backup + DIGEST);
    }

    static BlobName pack(Sha256 id) {
        String hex = id.hex();
        return new BlobName("packs/" + hex.substring(0, 2) + "/" + hex);
    }

    static BlobName forward(Sha256 id, int number) {
        return new BlobName(pack(id) + ".moved" + (number == 1 ? "" : "-" + number) + SEALED);
    }

    static BlobName lease(RunId run, int part) {
        return new BlobName("leases/" + run + "." + part + SEALED);
    }
}
