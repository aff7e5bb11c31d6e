package dev.holdfast.verify;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.ChunkReader;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.KnownPack;
import dev.holdfast.repository.PackState;
import dev.holdfast.repository.PackStates;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.SmallFiles;
import dev.holdfast.run.Progress;
import dev.holdfast.run.Run;
import dev.holdfast.run.Verdict;
import dev.holdfast.run.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Reads every byte of backups and says which of them are right. Changes nothing but the journal. Used once. */
public final class Verification {
    private final Repository repository;
    private final Journal journal;
    private final Run run;
    private final ChunkReader reader;
    private final PackStates packs;
    private final AtomicLong packsRead = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();

    public Verification(Repository repository, Journal journal, Run run) {
        this.repository = repository;
        this.journal = journal;
        this.run = run;
        this.reader = repository.chunks();
        this.packs = repository.packStates();
    }

    /**
     * Verifies every backup of the repository, those too whose head is gone although the journal speaks of them.
     *
     * @param jobs how many packs are read at once, at least one
     */
    public VerifyReport verifyAll(int jobs, JsonObject by) {
        List<BackupName> names = new ArrayList<>(PublishedNames.missing(repository, journal));
        repository.heads().all().forEach((source, ids) -> ids.forEach(id -> names.add(new BackupName(source, id))));
        names.sort(null);
        VerifyReport report = look(names, jobs);
        new VerifyRecords(journal, run, by).writeAll(report);
        run.closingStep(VerifyStep.DONE);
        return report;
    }

    /**
     * Verifies the given backups.
     *
     * @param jobs how many packs are read at once, at least one
     */
    public VerifyReport verify(List<BackupName> backups, int jobs, JsonObject by) {
        VerifyReport report = look(backups, jobs);
        new VerifyRecords(journal, run, by).writeEach(report.backups());
        run.closingStep(VerifyStep.DONE);
        return report;
    }

    private VerifyReport look(List<BackupName> backups, int jobs) {
        run.step(VerifyStep.HEADS);
        Map<BackupName, BackupVerdict> verdicts = new LinkedHashMap<>();
        List<Head> heads = new ArrayList<>();
        for (BackupName name : backups) {
            readHead(name, verdicts).ifPresent(heads::add);
        }
        run.step(VerifyStep.FILES);
        List<String> damagedFiles = SmallFiles.damaged(repository);
        run.step(VerifyStep.PACKS);
        readPacks(heads, jobs);
        run.step(VerifyStep.LISTS);
        var sums = new ListSums(reader, packs);
        for (Head head : heads) {
            run.checkInterrupted();
            verdicts.put(head.name(), look(head, sums));
        }
        List<BackupVerdict> ordered = backups.stream()
                .flatMap(name -> Optional.ofNullable(verdicts.get(name)).stream())
                .toList();
        return new VerifyReport(
                ordered, damagedFiles, packsRead.get(), bytesRead.get(), Duration.between(run.started(), run.now()));
    }

    /** A tombstone is no backup: there is nothing to say of it. */
    private Optional<Head> readHead(BackupName name, Map<BackupName, BackupVerdict> verdicts) {
        try {
            return repository.heads().read(name);
        } catch (HoldfastException e) {
            verdicts.put(name, failed(name, e));
            return Optional.empty();
        }
    }

    private BackupVerdict look(Head head, ListSums sums) {
        try {
            return new BackupCheck(head, reader, packs, sums).check();
        } catch (HoldfastException e) {
            return failed(head.name(), e);
        }
    }

    /** A head that the storage did not give is not known to be wrong. */
    private static BackupVerdict failed(BackupName name, HoldfastException e) {
        boolean seen = e.code() != ErrorCode.STORE_FAILED && e.code() != ErrorCode.STORE_READ_ONLY;
        Verdict verdict = seen ? Verdict.FAIL : Verdict.UNDETERMINED;
        return new BackupVerdict(name, verdict, List.of(String.valueOf(e.getMessage())), List.of(), 0);
    }

    private void readPacks(List<Head> heads, int jobs) {
        Map<Sha256, Long> lengths = new TreeMap<>();
        for (Head head : heads) {
            named(head).forEach(pack -> lengths.put(pack.pack(), pack.length()));
        }
        long total =
                Math.max(1, lengths.values().stream().mapToLong(Long::longValue).sum());
        Queue<Sha256> queue = new ConcurrentLinkedQueue<>(lengths.keySet());
        List<Runnable> workers = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            workers.add(() -> {
                for (Sha256 pack = queue.poll(); pack != null; pack = queue.poll()) {
                    run.checkInterrupted();
                    if (packs.read(pack) instanceof PackState.Whole whole) {
                        bytesRead.addAndGet(whole.length());
                    }
                    packsRead.incrementAndGet();
                    long bytes = bytesRead.get();
                    run.progress(new Progress(0, bytes, Math.min(1.0, (double) bytes / total)));
                }
            });
        }
        Workers.runAll("holdfast-verify", workers);
    }

    /** The packs of a backup; none when its list of them is lost, which is said when the backup is looked at. */
    private List<KnownPack> named(Head head) {
        try {
            return head.packs().all(reader);
        } catch (HoldfastException e) {
            return List.of();
        }
    }
}
