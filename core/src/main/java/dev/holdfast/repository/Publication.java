package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore.Creation;
import dev.holdfast.store.Content;
import java.util.Optional;

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
        if (create(head, bytes)) {
            return true;
        }
        Optional<Head> there = repository.heads().glance(head.name());
        if (there.isEmpty() && !repository.heads().isTombstone(head.name())) {
            throw new HoldfastException(
                    ErrorCode.STORE_FAILED,
                    "another backup " + head.name() + " came and went while this one was published");
        }
        Head other = there.orElseThrow(() -> new HoldfastException(
                        ErrorCode.FENCED,
                        "this run slept too long and was given up by a prune; backup " + head.name()
                                + " was not published")
                .withHint("run the backup again"));
        if (other.about().run().equals(head.about().run())) {
            return true; // it was created, and the answer was lost
        }
        reserveNext(head.name());
        return false;
    }

    /** A failure may come after the head has its name: then it is published. */
    private boolean create(Head head, byte[] bytes) {
        try {
            return repository.store().create(Layout.head(head.name()), Content.of(bytes)) == Creation.CREATED;
        } catch (HoldfastException e) {
            if (isOurs(head)) {
                return true;
            }
            throw e;
        }
    }

    private boolean isOurs(Head head) {
        try {
            return repository
                    .heads()
                    .glance(head.name())
                    .filter(there -> there.about().run().equals(head.about().run()))
                    .isPresent();
        } catch (HoldfastException e) {
            return false; // the first failure says more
        }
    }

    private void reserveNext(BackupName taken) {
        lease.reserve(new BackupName(taken.source(), taken.id().next()));
    }
}
