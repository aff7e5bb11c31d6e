package dev.holdfast.compare;

import dev.holdfast.compare.TableDifference.Presence;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.RangeReader;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RangeEntry;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares a backup with a database, or with another backup. What is known to be equal is not read: ranges whose version fingerprint, or
 * whose digest, is the backup's. Of the rest the rows are compared by relation, not by range, since an update moves rows. Used once.
 */
public final class Compare {
    private final Repository repository;
    private final Function<JsonObject, BackupText> texts;
    private final CompareRequest request;
    private final Run run;
    private long keptBytes;

    /**
     * @param texts gives for a head's facts about the database how its backups are read apart
     */
    public Compare(Repository repository, Function<JsonObject, BackupText> texts, CompareRequest request, Run run) {
        this.repository = repository;
        this.texts = texts;
        this.request = request;
        this.run = run;
    }

    /** With a database as it is now. */
    public CompareReport withDatabase(BackupName name, Database database) {
        run.step(CompareStep.MANIFEST);
        Manifest backup = Manifest.read(repository, name);
        run.step(CompareStep.MOMENT);
        try (Capture capture = database.capture(run, request.jobs(), earlier(backup))) {
            request.checkNames(
                    backup, capture.relations().stream().map(Relation::name).toList());
            checkEncodings(texts.apply(backup.head().database()), capture.text());
            List<TableDifference> tables = tables(backup, capture, RangeEntry::fingerprint);
            capture.checkUnmoved();
            return report(tables, capture.fullRead(), backup, text -> capture.piece(text.schemaPiece()));
        }
    }

    /** With another backup. */
    public CompareReport withBackup(BackupName name, BackupName otherName) {
        run.step(CompareStep.MANIFEST);
        Manifest backup = Manifest.read(repository, name);
        Manifest other = Manifest.read(repository, otherName);
        if (!backup.head().product().equals(other.head().product())) {
            throw new HoldfastException(
                    ErrorCode.UNSUPPORTED, name + " and " + otherName + " are backups of different products");
        }
        request.checkNames(
                backup, other.relations().stream().map(RelationEntry::name).toList());
        run.step(CompareStep.MOMENT);
        BackupText text = texts.apply(backup.head().database());
        checkEncodings(text, texts.apply(other.head().database()));
        Set<String> equal = StoredReading.equal(backup, other, text);
        var reading = new StoredReading(
                other, entry -> request.wants(entry.name()) && !equal.contains(entry.name()), request.jobs());
        List<TableDifference> tables = new ArrayList<>(tables(backup, reading, StoredReading::mark));
        for (RelationEntry entry : other.relations()) {
            if (equal.contains(entry.name()) && request.wants(entry.name())) {
                keptBytes += entry.bytes();
                tables.add(equal(entry.name()));
            }
        }
        return report(tables, Optional.empty(), backup, known -> other.piece(known.schemaPiece()));
    }

    private static TableDifference equal(String name) {
        return new TableDifference(name, Presence.BOTH, 0, 0, 0, List.of(), List.of(), List.of());
    }

    /** A backup as a moment of its database is compared with it. */
    public static Earlier earlier(Manifest backup) {
        return new Earlier(
                Optional.empty(),
                backup.head().database(),
                relation -> Optional.ofNullable(backup.byName().get(relation)).map(RelationEntry::relation));
    }

    /** The relations of the other side, each beside its fellow. */
    private List<TableDifference> tables(
            Manifest backup, Reading reading, Function<RangeEntry, Optional<String>> mark) {
        run.step(CompareStep.ROWS);
        BackupText text = texts.apply(backup.head().database());
        var comparison = new RowComparison(backup, reading, text, request::wants, mark, request.rows(), run);
        List<RowComparison.Settled> settled = comparison.settle();
        keptBytes += comparison.keptBytes();
        run.step(CompareStep.SAMPLES);
        RangeReader lead = reading.readers().get(0);
        return settled.stream()
                .map(each -> {
                    run.checkInterrupted();
                    List<TableDifference.RowChange> samples = new Samples(each.pair(), text, backup.chunks(), lead)
                            .find(each.settlement().samples());
                    return each.pair().difference(each.settlement(), samples);
                })
                .toList();
    }

    /** Rows are compared, and written, byte by byte. */
    public static void checkEncodings(BackupText backup, BackupText other) {
        if (!backup.encoding().equals(other.encoding())) {
            throw new HoldfastException(
                    ErrorCode.UNSUPPORTED,
                    "rows are kept in " + backup.encoding() + " on one side and in " + other.encoding()
                            + " on the other: they cannot be compared");
        }
    }

    private CompareReport report(
            List<TableDifference> found,
            Optional<String> readInFull,
            Manifest backup,
            Function<BackupText, byte[]> otherSchema) {
        BackupText text = texts.apply(backup.head().database());
        List<TableDifference> tables = new ArrayList<>(found);
        Set<String> there = found.stream().map(TableDifference::name).collect(Collectors.toSet());
        for (RelationEntry entry : backup.relations()) {
            if (request.wants(entry.name()) && !there.contains(entry.name())) {
                tables.add(new TableDifference(
                        entry.name(),
                        text.belongsToSchema(entry.relation()) ? Presence.BACKUP_ONLY : Presence.BOTH,
                        0,
                        entry.tally().count(),
                        0,
                        List.of(),
                        List.of(),
                        List.of()));
            }
        }
        tables.sort(Comparator.comparing(TableDifference::name));
        run.step(CompareStep.SCHEMA);
        Optional<SchemaDifference> schema = request.tables().isEmpty()
                ? Optional.of(SchemaDifference.between(backup, otherSchema.apply(text), text))
                : Optional.empty();
        run.step(CompareStep.DONE);
        return new CompareReport(schema, tables, keptBytes, readInFull);
    }
}
