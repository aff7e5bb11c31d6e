package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The heads of a repository: which backups there are, and reading them. Safe for several threads. */
public final class Heads {
    private final BlobStore store;

    Heads(BlobStore store) {
        this.store = store;
    }

    /** Every source and the ids under which a head stands, oldest first. A tombstone stands there too; reading tells it apart. */
    public SortedMap<SourceName, SortedSet<BackupId>> all() {
        return named(Layout.BACKUPS, Layout.SEALED);
    }

    /** Ids for which a digest was written: those of backups, and of runs that ended before they published. */
    public SortedMap<SourceName, SortedSet<BackupId>> digests() {
        return named(Layout.BACKUPS, Layout.DIGEST);
    }

    /** The ids of one source, oldest first. */
    public SortedSet<BackupId> of(SourceName source) {
        return named(Layout.backups(source), Layout.SEALED).getOrDefault(source, new TreeSet<>());
    }

    /** The ids of one source whose heads were moved to the trash. */
    public SortedSet<BackupId> inTrash(SourceName source) {
        return named(new BlobName("trash/" + source), Layout.SEALED).getOrDefault(source, new TreeSet<>());
    }

    private SortedMap<SourceName, SortedSet<BackupId>> named(BlobName folder, String ending) {
        SortedMap<SourceName, SortedSet<BackupId>> found = new TreeMap<>();
        store.list(folder, facts -> {
            String[] parts = facts.name().path().split("/", -1);
            if (parts.length != 3 || !parts[2].endsWith(ending) || !SourceName.isValid(parts[1])) {
                return;
            }
            var source = new SourceName(parts[1]);
            found.computeIfAbsent(source, name -> new TreeSet<>());
            BackupId.parse(parts[2].substring(0, parts[2].length() - ending.length()))
                    .ifPresent(id -> found.get(source).add(id));
        });
        return found;
    }

    /**
     * Reads a head and shows that it matches its digest; empty for a tombstone. A head that is not what was published is an error with
     * the code {@code DAMAGED}, a missing one {@code NO_SUCH_BACKUP}.
     */
    public Optional<Head> read(BackupName backup) {
        byte[] bytes = bytes(Layout.head(backup))
                .orElseThrow(() -> new HoldfastException(ErrorCode.NO_SUCH_BACKUP, "there is no backup " + backup));
        if (Tombstone.is(bytes)) {
            return Optional.empty();
        }
        byte[] digest = bytes(Layout.headDigest(backup))
                .orElseThrow(() ->
                        new HoldfastException(ErrorCode.DAMAGED, "the digest of backup " + backup + " is missing"));
        if (!Arrays.equals(digest, digest(backup.id(), bytes))) {
            throw new HoldfastException(
                    ErrorCode.DAMAGED, "the head of backup " + backup + " and its digest do not match");
        }
        return Optional.of(HeadCodec.parse(backup, bytes));
    }

    /** Reads a head without looking at its digest: for listing many. Empty for a tombstone and when it has just been deleted. */
    public Optional<Head> glance(BackupName backup) {
        return bytes(Layout.head(backup))
                .filter(bytes -> !Tombstone.is(bytes))
                .map(bytes -> HeadCodec.parse(backup, bytes));
    }

    /** Whether the name was taken by a prune that gave up the run which had reserved it. */
    boolean isTombstone(BackupName backup) {
        return bytes(Layout.head(backup)).filter(Tombstone::is).isPresent();
    }

    /** What stands in a head's digest file, in the form of {@code sha256sum -c}. */
    static byte[] digest(BackupId id, byte[] head) {
        return (Sha256.of(head).hex() + "  " + id + Layout.SEALED + "\n").getBytes(US_ASCII);
    }

    /** The SHA-256 of a head in hex, as its digest file says; empty when there is none. */
    public Optional<String> digestOf(BackupName backup) {
        return bytes(Layout.headDigest(backup))
                .map(digest -> new String(digest, US_ASCII).replaceFirst("\\s[\\s\\S]*", ""));
    }

    private Optional<byte[]> bytes(BlobName name) {
        try (var in = store.open(name)) {
            return Optional.of(in.readAllBytes());
        } catch (java.io.IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "reading " + name + ": " + e.getMessage(), e);
        } catch (HoldfastException e) {
            if (store.find(name).isEmpty()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The newest heads first. */
    public List<BackupId> newestFirst(SourceName source) {
        List<BackupId> ids = new ArrayList<>(of(source));
        java.util.Collections.reverse(ids);
        return ids;
    }
}
