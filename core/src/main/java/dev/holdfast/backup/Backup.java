package dev.holdfast.backup;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.PieceBytes;
import dev.holdfast.engine.Relation;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.JournalName;
import dev.holdfast.json.JsonObject;
import dev.holdfast.project.Answers;
import dev.holdfast.project.Migrations;
import dev.holdfast.repository.About;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Contents;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.Lease;
import dev.holdfast.repository.NamedPacks;
import dev.holdfast.repository.Notes;
import dev.holdfast.repository.PackWriter;
import dev.holdfast.repository.PackedChunk;
import dev.holdfast.repository.Piece;
import dev.holdfast.repository.Place;
import dev.holdfast.repository.Publication;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.RelationList;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Reuse;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.SourceName;
import dev.holdfast.repository.Times;
import dev.holdfast.repository.Totals;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes one backup of a database. What was written before a failure is never named by anything, and nothing but the last step makes the
 * backup exist. Used once.
 */
public final class Backup {
    private final Repository repository;
    private final Journal journal;
    private final Database database;
    private final BackupRequest request;
    private final Run run;
    private final PackWriter packs;

    public Backup(Repository repository, Journal journal, Database database, BackupRequest request, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.database = database;
        this.request = request;
        this.run = run;
        this.packs = repository.packWriter(run.id());
    }

    /** What the next backup of a database is compared with: its newest one that can be read. */
    public static Earlier newest(
            Repository repository, SourceName source, JsonObject identity, FullRead rule, Run run) {
        return Parent.find(repository, source, identity, run).earlier(rule, run.started());
    }

    /** Takes the backup; when this returns, it is published and verified. */
    public BackupReport take() {
        run.step(BackupStep.BIND);
        if (!request.allowances().anyClock()) {
            Clocks.check(run.now(), database.now(), "the database server");
            Clocks.check(run.now(), repository.storeClock(), "the repository's storage");
        }
        SourceName source =
                SourceChoice.bind(repository, database, request.allowances().sameSource(), run);

        run.step(BackupStep.LEASE);
        try (Lease lease = repository.lease(run.id(), request.holder(), firstName(source))) {
            var note = new JsonObject().put("kind", "backup").put("source", source.value());
            journal.begin(run, request.holder(), note);
            BackupReport report = captureOrRecord(source, lease);
            run.closingStep(BackupStep.JOURNAL);
            record(source, Optional.of(report), "");
            run.closingStep(BackupStep.DONE);
            return report;
        }
    }

    /** Ids of a source only rise, whatever the clock says. */
    private BackupName firstName(SourceName source) {
        BackupId now = BackupId.at(run.now());
        Optional<BackupId> newest =
                repository.heads().newestFirst(source).stream().findFirst();
        return new BackupName(
                source,
                newest.filter(id -> id.compareTo(now) >= 0).map(BackupId::next).orElse(now));
    }

    private BackupReport captureOrRecord(SourceName source, Lease lease) {
        try {
            return captureAndPublish(source, lease);
        } catch (RuntimeException e) {
            RuntimeException reason = run.reason(e);
            record(source, Optional.empty(), String.valueOf(reason.getMessage()));
            throw reason;
        }
    }

    private BackupReport captureAndPublish(SourceName source, Lease lease) {
        run.step(BackupStep.PARENT);
        Parent parent = Parent.find(repository, source, database.identity(), run);
        run.step(BackupStep.REREAD);
        var rereading = new Rereading(repository, run);
        rereading.look(parent);
        if (request.rereads()) {
            rereading.hashSome(parent);
        }

        run.step(BackupStep.SNAPSHOT);
        try (Capture capture =
                database.capture(run, request.jobs(), parent.earlier(request.fullRead(), run.started()))) {
            var used = new UsedPacks();
            Rows rows = readRows(capture, parent, used);
            Notes notes = notes(capture);
            Written written = writeRest(capture, parent, used, rows.drafts());

            run.step(BackupStep.SETTLE);
            JsonObject facts = capture.settle();
            Instant readBack = Instant.ofEpochSecond(run.now().getEpochSecond());
            NamedPacks named = new PackGrouping(parent, rereading.readAt(), packs, readBack).name(used);

            run.step(BackupStep.CONFIRM);
            for (KnownPack pack : named.all(repository.chunks())) {
                if (!repository.holds(pack)) {
                    throw new HoldfastException(
                            ErrorCode.DAMAGED, "pack " + pack.pack() + " has gone while the backup was taken");
                }
            }
            Contents contents = new Contents(
                    places(written.relationList),
                    written.pieces(),
                    totals(written.relations),
                    Optional.of(rows.reuse()),
                    parent.id(),
                    run.findings());
            Head head = publish(
                    lease,
                    name -> new Head(
                            name,
                            new About(request.kind(), true, run.id(), times(capture), notes),
                            facts,
                            contents,
                            named));
            return new BackupReport(head, rereading.bytes(), Duration.between(run.started(), run.now()));
        }
    }

    private Notes notes(Capture capture) {
        Notes notes = request.notes().withProject("migrations", Migrations.json(capture.tables(), run));
        return request.questions().isEmpty()
                ? notes
                : notes.withProject(Answers.MEMBER, Answers.json(request.questions(), capture::answer, run));
    }

    private record Rows(List<RelationDraft> drafts, Reuse reuse) {}

    private Rows readRows(Capture capture, Parent parent, UsedPacks used) {
        run.step(BackupStep.ROWS);
        List<RelationDraft> drafts = new ArrayList<>();
        for (Relation relation : capture.relations()) {
            drafts.add(new RelationDraft(relation, parent));
        }
        var reading = new RowReading(run, packs, used, drafts);
        reading.readAll(capture);
        packs.flush();
        Optional<String> fullRead = capture.fullRead();
        Instant at = fullRead.isPresent() ? run.started() : parent.fullReadAt().orElse(run.started());
        List<Reuse.InFull> reasons = fullRead.isPresent() ? List.of() : Reasons.of(capture.relations());
        var reuse = new Reuse(at, fullRead, reading.read(), reading.kept(), reasons);
        return new Rows(drafts, reuse);
    }

    /** What was written beside the rows; the relation list and the pieces have their places once the last pack is written. */
    private record Written(
            List<RelationEntry> relations, List<PackedChunk> relationList, Map<PieceBytes, List<PackedChunk>> parts) {
        List<Piece> pieces() {
            List<Piece> pieces = new ArrayList<>();
            parts.forEach((piece, chunks) -> pieces.add(new Piece(piece.name(), piece.bytes().length, places(chunks))));
            return pieces;
        }
    }

    private Written writeRest(Capture capture, Parent parent, UsedPacks used, List<RelationDraft> drafts) {
        var shelf = new ChunkShelf(packs);
        Map<Sha256, Place> shareable = parent.named();
        run.step(BackupStep.PIECES);
        Map<PieceBytes, List<PackedChunk>> parts = new LinkedHashMap<>();
        capture.pieces().forEach(piece -> parts.put(piece, shelf.putAll(piece.bytes(), shareable)));

        run.step(BackupStep.LISTS);
        drafts.forEach(draft -> draft.lists().forEach(list -> list.write(shelf, used)));
        packs.flush();
        List<RelationEntry> relations = drafts.stream()
                .map(draft -> draft.entry(used))
                .sorted(java.util.Comparator.comparing(RelationEntry::name))
                .toList();
        parts.values().forEach(chunks -> used.add(places(chunks)));
        List<PackedChunk> relationList = new ArrayList<>();
        for (byte[] chunk : RelationList.chunks(relations)) {
            relationList.add(shelf.put(chunk, chunk.length, shareable));
        }
        relationList.stream().filter(PackedChunk::isPlaced).forEach(chunk -> used.add(List.of(chunk.place())));
        return new Written(relations, relationList, parts);
    }

    private Head publish(Lease lease, java.util.function.Function<BackupName, Head> headFor) {
        var publication = new Publication(repository, lease);
        while (true) {
            Head head = headFor.apply(lease.reserved());
            run.step(BackupStep.DIGEST);
            if (!publication.writeDigest(head)) {
                continue;
            }
            run.step(BackupStep.HEAD);
            if (publication.writeHead(head)) {
                return head;
            }
        }
    }

    private Times times(Capture capture) {
        return new Times(run.started(), capture.moment(), run.now());
    }

    private Totals totals(List<RelationEntry> relations) {
        return new Totals(
                relations.size(),
                relations.stream()
                        .mapToLong(relation -> relation.tally().count())
                        .sum(),
                relations.stream().mapToLong(RelationEntry::bytes).sum(),
                relations.stream().mapToLong(RelationEntry::chunks).sum(),
                packs.written().stream().mapToLong(PackWriter.Written::length).sum());
    }

    private static List<Place> places(List<PackedChunk> chunks) {
        return chunks.stream().map(PackedChunk::place).toList();
    }

    private void record(SourceName source, Optional<BackupReport> report, String failure) {
        Verdict verdict = report.isPresent() ? Verdict.PASS : Verdict.FAIL;
        Optional<Head> head = report.map(BackupReport::head);
        var record = new JsonObject()
                .put("kind", "backup")
                .put("source", source.value())
                .put("backup", head.map(made -> made.name().id().toString()).orElse(null))
                .put("started", run.started().toString())
                .put("ended", run.now().toString())
                .put("verdict", verdict.word())
                .put("by", request.notes().by())
                .put("failure", failure.isEmpty() ? null : failure)
                .put("rows", head.map(made -> made.contents().totals().rows()).orElse(null))
                .put(
                        "stored_bytes",
                        head.map(made -> made.contents().totals().storedBytes()).orElse(null));
        String subject = head.map(made -> made.name().id().toString()).orElse(JournalName.NONE);
        journal.end(run, new JournalName(source, run.now(), "backup", subject, verdict, run.id()), record);
    }
}
