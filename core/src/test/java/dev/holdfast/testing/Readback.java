package dev.holdfast.testing;

import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.ChunkList;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.RelationList;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads a backup by the format alone, every byte of it, and refuses one that names what it should not need or needs what it does not name. */
public final class Readback {
    private final Repository repository;
    private final Head head;
    private final Set<Sha256> named;

    private Readback(Repository repository, Head head) {
        this.repository = repository;
        this.head = head;
        this.named = head.packs().all(repository.chunks()).stream()
                .map(KnownPack::pack)
                .collect(Collectors.toSet());
    }

    /** Every readable backup of the repository by its full name. */
    public static List<Head> heads(Repository repository) {
        List<Head> heads = new ArrayList<>();
        repository
                .heads()
                .all()
                .forEach((source, ids) -> ids.forEach(id ->
                        repository.heads().read(new BackupName(source, id)).ifPresent(heads::add)));
        return heads;
    }

    /** The rows of a backup by relation, as {@link MemoryDatabase#rows} gives those of a database. */
    public static Map<String, String> rows(Repository repository, Head head) {
        return new Readback(repository, head).rows();
    }

    /** The ready-to-run pieces of a backup. */
    public static Map<String, String> pieces(Repository repository, Head head) {
        var readback = new Readback(repository, head);
        Map<String, String> pieces = new TreeMap<>();
        head.contents()
                .pieces()
                .forEach(piece -> pieces.put(piece.name(), text(readback.bytes(piece.chunks(), piece.bytes()))));
        return pieces;
    }

    private Map<String, String> rows() {
        for (KnownPack pack : head.packs().all(repository.chunks())) {
            require(repository.holds(pack), "pack " + pack + " is not there");
        }
        head.packs().groups().forEach(group -> group.list().forEach(this::read));
        Map<String, String> rows = new TreeMap<>();
        for (Place place : head.contents().relations()) {
            RelationList.parse(read(place)).forEach(relation -> rows.put(relation.name(), rows(relation)));
        }
        require(rows.size() == head.contents().totals().relations(), "relations are missing");
        return rows;
    }

    private String rows(RelationEntry relation) {
        var out = new ByteArrayOutputStream();
        long count = 0;
        long chunks = 0;
        for (Place place : relation.lists()) {
            for (RangeEntry range : ChunkList.parse(read(place)).ranges()) {
                range.chunks().forEach(chunk -> out.writeBytes(read(chunk)));
                count += range.tally().count();
                chunks += range.chunks().size();
            }
        }
        require(count == relation.tally().count(), "rows of " + relation.name() + " do not add up");
        require(chunks == relation.chunks(), "chunks of " + relation.name() + " do not add up");
        require(out.size() == relation.bytes(), "bytes of " + relation.name() + " do not add up");
        return text(out.toByteArray());
    }

    private byte[] bytes(List<Place> places, long length) {
        var out = new ByteArrayOutputStream();
        places.forEach(place -> out.writeBytes(read(place)));
        require(out.size() == length, "a piece has " + out.size() + " bytes instead of " + length);
        return out.toByteArray();
    }

    private byte[] read(Place place) {
        require(named.contains(place.pack()), "pack " + place.pack() + " is needed and not named");
        return repository.chunks().read(place);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
