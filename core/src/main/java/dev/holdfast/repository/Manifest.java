package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A backup as it is read for a restore: its head and its relation list; chunk lists are read when their rows are. */
public final class Manifest {
    private final Head head;
    private final ChunkReader chunks;
    private final List<RelationEntry> relations;
    private final Map<String, RelationEntry> byName;

    private Manifest(Head head, ChunkReader chunks, List<RelationEntry> relations) {
        this.head = head;
        this.chunks = chunks;
        this.relations = List.copyOf(relations);
        this.byName = relations.stream()
                .collect(Collectors.toMap(RelationEntry::name, entry -> entry, (first, second) -> second));
    }

    /** Reads a manifest, and shows that every pack it names is there with its length or has a forward. */
    public static Manifest read(Repository repository, BackupName backup) {
        Head head = repository
                .heads()
                .read(backup)
                .orElseThrow(() -> new HoldfastException(ErrorCode.NO_SUCH_BACKUP, "there is no backup " + backup));
        ChunkReader chunks = repository.chunks();
        List<RelationEntry> relations = new ArrayList<>();
        for (Place place : head.contents().relations()) {
            relations.addAll(RelationList.parse(chunks.read(place)));
        }
        for (KnownPack pack : head.packs().all(chunks)) {
            if (!repository.holds(pack) && !repository.hasForward(pack.pack())) {
                throw new HoldfastException(
                                ErrorCode.DAMAGED,
                                "backup " + backup + " is damaged: pack " + pack.pack() + " is missing or cut")
                        .withHint("holdfast verify " + backup + " says what of it is still whole");
            }
        }
        relations.sort(Comparator.comparing(RelationEntry::bytes).reversed());
        return new Manifest(head, chunks, relations);
    }

    public Head head() {
        return head;
    }

    /** The relations, the largest first. */
    public List<RelationEntry> relations() {
        return relations;
    }

    /** The relations by their names. */
    public Map<String, RelationEntry> byName() {
        return byName;
    }

    /** The bytes of all relations together. */
    public long bytes() {
        return relations.stream().mapToLong(RelationEntry::bytes).sum();
    }

    /** Reads what the manifest names. */
    public ChunkReader chunks() {
        return chunks;
    }

    /** A piece's bytes; a name that the backup does not have is an error. */
    public byte[] piece(String name) {
        return pieceIfAny(name)
                .orElseThrow(() ->
                        new HoldfastException(ErrorCode.DAMAGED, "backup " + head.name() + " has no piece " + name));
    }

    /** A piece's bytes; empty when the backup has none of that name. */
    public Optional<byte[]> pieceIfAny(String name) {
        return head.contents().pieces().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(this::bytes);
    }

    private byte[] bytes(Piece piece) {
        var bytes = new ByteArrayOutputStream();
        piece.chunks().forEach(place -> bytes.writeBytes(chunks.read(place)));
        if (bytes.size() != piece.bytes()) {
            throw new HoldfastException(
                    ErrorCode.DAMAGED, "piece " + piece.name() + " of backup " + head.name() + " has the wrong length");
        }
        return bytes.toByteArray();
    }
}
