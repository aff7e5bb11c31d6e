package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** Backups of the large database after the first one, when nothing or little has changed; and saying what has changed. */
final class SecondBackupWorks {
    private static final long UNCHANGED_BYTES = 100_000;
    private static final double CHANGED_SHARE = 0.03;
    private static final String CHANGED = "changed";

    private final Bench bench;
    private final Field field;

    private SecondBackupWorks(Bench bench) {
        this.bench = bench;
        this.field = bench.field();
    }

    static List<Result> measure(Bench bench) {
        var works = new SecondBackupWorks(bench);
        List<Result> results = new ArrayList<>(List.of(works.unchanged()));
        try {
            works.makeCopy();
            results.add(works.inOnePlace());
            results.add(works.scattered());
            results.add(works.afterVacuumFull());
        } finally {
            works.field.server().drop(CHANGED);
        }
        return results;
    }

    /** Comparing the newest backup with the database. */
    static List<Result> compare(Bench bench) {
        var works = new SecondBackupWorks(bench);
        try {
            works.makeCopy();
            return List.of(works.comparedUnchanged(), works.comparedChanged());
        } finally {
            works.field.server().drop(CHANGED);
        }
    }

    private void makeCopy() {
        Hundredth.makeCopy(field, CHANGED);
    }

    private Result unchanged() {
        String database = field.databases().large();
        Path repository = firstBackup(database, "second");
        Contender holdfast = again(database, repository, () -> {});
        List<Contender> peers = peers(database);
        var bars = List.<Bar>of(
                new Bar.Times(holdfast.name(), dumps(peers), 0.20),
                new Bar.Bytes(holdfast.name(), UNCHANGED_BYTES, "under 100 kB"));
        return result("second-backup-unchanged", "once more, nothing changed", peers, holdfast, bars, repository);
    }

    private Result inOnePlace() {
        Path repository = firstBackup(CHANGED, CHANGED);
        long most = (long) (WorkFolder.size(repository) * CHANGED_SHARE);
        var round = new AtomicInteger();
        Contender holdfast =
                again(CHANGED, repository, () -> Hundredth.change(field, CHANGED, round.getAndIncrement()));
        List<Contender> peers = peers(CHANGED);
        var bars = List.<Bar>of(
                new Bar.Times(holdfast.name(), dumps(peers), 0.25),
                new Bar.Bytes(holdfast.name(), most, "under 3 % of the first"));
        return result(
                "second-backup-changed",
                "once more, 1 % of each big table changed in one place",
                peers,
                holdfast,
                bars,
                repository);
    }

    private Result scattered() {
        return withoutBars(
                "second-backup-scattered",
                "once more, 1 % of the rows changed all over",
                round -> field.server()
                        .sql(
                                CHANGED,
                                "UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid % 100 = " + round % 100,
                                "UPDATE documents SET created = created + interval '1 second' WHERE id % 100 = "
                                        + round % 100));
    }

    private Result afterVacuumFull() {
        return withoutBars(
                "second-backup-vacuum-full",
                "once more, after VACUUM FULL",
                round -> field.server().sql(CHANGED, "VACUUM FULL"));
    }

    private Result withoutBars(String name, String words, IntConsumer change) {
        Path repository = firstBackup(CHANGED, name);
        var round = new AtomicInteger();
        Contender holdfast = again(CHANGED, repository, () -> change.accept(round.getAndIncrement()));
        return result(name, words, peers(CHANGED), holdfast, List.of(), repository);
    }

    private Result comparedUnchanged() {
        Path repository = firstBackup(CHANGED, "compared");
        Contender holdfast = compared(repository, 0, () -> {});
        return result(
                "compare-unchanged", "compared, nothing changed", peers(CHANGED), holdfast, List.of(), repository);
    }

    private Result comparedChanged() {
        Path repository = firstBackup(CHANGED, "compared");
        Hundredth.change(field, CHANGED, 0);
        Contender holdfast = compared(repository, 1, () -> {});
        return result(
                "compare-changed",
                "compared, 1 % of each big table changed in one place",
                peers(CHANGED),
                holdfast,
                List.of(),
                repository);
    }

    private Result result(
            String name, String words, List<Contender> peers, Contender holdfast, List<Bar> bars, Path repository) {
        var work = new Work(name, "the large database " + words, BackupWorks.with(peers, holdfast), dumps(peers), bars);
        Result result = bench.lab().measure(work, bench.plan().runs());
        WorkFolder.remove(repository);
        return result;
    }

    private Path firstBackup(String database, String name) {
        Path repository = field.repository(name);
        bench.lab().prepare(field.backup(repository, database, bench.plan()));
        return repository;
    }

    private List<Contender> peers(String database) {
        List<Contender> peers = new ArrayList<>(BackupWorks.folders(bench, database));
        Restic.find(bench).map(restic -> restic.contender(database)).ifPresent(peers::add);
        return peers;
    }

    /** The bars are about pg_dump. */
    private static List<String> dumps(List<Contender> peers) {
        return Field.names(peers).stream()
                .filter(name -> !name.contains(Restic.NAME))
                .toList();
    }

    /** Holdfast backing up into the repository that it has backed up into before. */
    private Contender again(String database, Path repository, Runnable before) {
        var sizeBefore = new AtomicLong();
        return Contender.of(
                Field.HOLDFAST + " backup",
                () -> {
                    before.run();
                    sizeBefore.set(WorkFolder.size(repository));
                },
                field.backup(repository, database, bench.plan()),
                () -> Optional.of(WorkFolder.size(repository) - sizeBefore.get()));
    }

    /** Holdfast comparing; it ends with 1 where something differs. */
    private Contender compared(Path repository, int exit, Runnable before) {
        List<String> compare = field.holdfast()
                .on(
                        repository,
                        field.server().url(CHANGED),
                        List.of(
                                "compare",
                                "latest",
                                "--jobs",
                                String.valueOf(bench.plan().jobs())));
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; test $? -eq " + exit, "compare"));
        command.addAll(compare);
        return Contender.of(Field.HOLDFAST + " compare", before, command, Optional::empty);
    }
}
