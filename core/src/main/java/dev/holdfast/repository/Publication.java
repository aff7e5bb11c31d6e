package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore.Creation;
import dev.holdfast.store.Content;

/**
 * Makes a backup exist: its digest first, then its head, each created once. When a name turns out to be taken, the next one is reserved
 * and the head must be made again for it.
 */
public final class Publication {
    private final Repository repository;
    private final Lease lease;

    public Publication(Repository repository, Lease lease) {
        this.repository = repository;
        this.lease = lease;
    }

    /** Writes the digest of a head; false when the name is taken, and then another one is reserved. */
    public boolean writeDigest(Head head) {
        lease.check();
        byte[] digest = Heads.digest(head.name().id(), HeadCodec.bytes(head));
        if (repository.store().create(Layout.headDigest(head.name()), Content.of(digest)) == Creation.CREATED) {
            return true;
        }
        reserveNext(head.name());
        return false;
    }

    /**
     * Publishes the head whose digest was written; false when the name is taken by another backup, and then another one is reserved.
     * Taken by a tombstone, the run was given up: an error with the code {@code FENCED}.
     */
    public boolean writeHead(Head head) {
        lease.check();
        byte[] bytes = HeadCodec.bytes(head);
        if (repository.store().create(Layout.head(head.name()), Content.of(bytes)) == Creation.CREATED) {
            return true;
        }
        Head there = repository
                .heads()
                .glance(head.name())
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.FENCED,
                                "this run slept too long and was given up by a prune; backup " + head.name()
                                        + " was not published")
                        .withHint("run the backup again"));
        if (there.about().run().equals(head.about().run())) {
            return true; // it was created, and the answer was lost
        }
        reserveNext(head.name());
        return false;
    }

    private void reserveNext(BackupName taken) {
        lease.reserve(new BackupName(taken.source(), taken.id().next()));
    }
}
