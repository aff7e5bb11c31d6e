package dev.holdfast.repository;

import dev.holdfast.run.RunId;
import dev.holdfast.store.Content;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes backups that are whole by every digest and name, but whose relations do not have the rows that their counts and digests were made
 * from: as if somebody had exchanged packs behind a head, and made all names match.
 */
public final class ForgedBackup {
    private final Repository repository;

    public ForgedBackup(Repository repository) {
        this.repository = repository;
    }

    /**
     * Publishes one after the honest backup, with its counts and digests.
     *
     * @param rows takes a relation's name to the one of the other backup whose rows it gets
     */
    public BackupName of(BackupName honest, BackupName other, UnaryOperator<String> rows) {
        Manifest manifest = Manifest.read(repository, honest);
        Map<String, RelationEntry> donors = Manifest.read(repository, other).byName();
        List<RelationEntry> relations = manifest.relations().stream()
                .map(entry -> forged(entry, Objects.requireNonNull(donors.get(rows.apply(entry.name())))))
                .toList();
        PackWriter packs = repository.packWriter(RunId.random(new SecureRandom()));
        List<PackedChunk> list =
                RelationList.chunks(relations).stream().map(packs::add).toList();
        packs.flush();
        Head head = manifest.head();
        List<KnownPack> tails =
                new ArrayList<>(Stream.of(head, repository.heads().read(other).orElseThrow())
                        .flatMap(each -> each.packs().all(repository.chunks()).stream())
                        .distinct()
                        .toList());
        packs.written().forEach(pack -> tails.add(new KnownPack(pack.pack(), pack.length(), Instant.EPOCH)));
        return publish(new Head(
                new BackupName(honest.source(), other.id().next()),
                head.about(),
                head.database(),
                new Contents(
                        list.stream().map(PackedChunk::place).toList(),
                        head.contents().pieces(),
                        head.contents().totals(),
                        head.contents().reuse(),
                        head.contents().parent(),
                        head.contents().findings()),
                new NamedPacks(tails, List.of())));
    }

    private static RelationEntry forged(RelationEntry honest, RelationEntry donor) {
        return new RelationEntry(
                honest.name(), honest.relation(), honest.tally(), donor.bytes(), donor.chunks(), donor.lists());
    }

    private BackupName publish(Head head) {
        byte[] bytes = HeadCodec.bytes(head);
        Head unused = head;
        while (repository.store().find(Layout.head(unused.name())).isPresent()) {
            unused = new Head(
                    new BackupName(unused.name().source(), unused.name().id().next()),
                    head.about(),
                    head.database(),
                    head.contents(),
                    head.packs());
            bytes = HeadCodec.bytes(unused);
        }
        repository
                .store()
                .create(
                        Layout.headDigest(unused.name()),
                        Content.of(Heads.digest(unused.name().id(), bytes)));
        repository.store().create(Layout.head(unused.name()), Content.of(bytes));
        return unused.name();
    }
}
