package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Backups of the large database: the first one, and a second one when nothing or little has changed. */
final class BackupWorks {
    private static final long UNCHANGED_BYTES = 100_000;
    private static final double CHANGED_SHARE = 0.03;
    private static final String CHANGED = "changed";

    private BackupWorks() {}

    static List<Result> first(Bench bench) {
        Field field = bench.field();
        String database = field.databases().large();
        List<Contender> folders = folders(bench, database);
        Contender custom = field.dump(Dumps.Kind.CUSTOM, database, bench.plan());
        Contender holdfast = field.firstBackup(database, bench.plan());
        List<Contender> all = new ArrayList<>(List.of(custom));
        all.addAll(with(folders, holdfast));
        return List.of(bench.lab()
                .measure(
                        new Work(
                                "first-backup",
                                "the large database into an empty repository or folder",
                                all,
                                Field.names(folders),
                                List.of(
                                        new Bar.Times(holdfast.name(), Field.names(folders), 1.0),
                                        new Bar.Times(holdfast.name(), List.of(custom.name()), 0.25))),
                        bench.plan().runs()));
    }

    private static List<Contender> folders(Bench bench, String database) {
        return bench.field().dumps().folders().stream()
                .map(kind -> bench.field().dump(kind, database, bench.plan()))
                .toList();
    }

    private static List<Contender> with(List<Contender> peers, Contender ours) {
        List<Contender> all = new ArrayList<>(peers);
        all.add(ours);
        return all;
    }

    static List<Result> second(Bench bench) {
        return List.of(unchanged(bench), changed(bench));
    }

    private static Result unchanged(Bench bench) {
        Field field = bench.field();
        String database = field.databases().large();
        Path repository = field.repository("second");
        bench.lab().prepare(field.backup(repository, database, bench.plan()));
        Contender holdfast = again(bench, database, repository, () -> {});
        List<Contender> folders = folders(bench, database);
        List<String> peers = Field.names(folders);
        Work work = new Work(
                "second-backup-unchanged",
                "the large database once more, nothing changed",
                with(folders, holdfast),
                peers,
                List.of(
                        new Bar.Times(holdfast.name(), peers, 0.20),
                        new Bar.Bytes(holdfast.name(), UNCHANGED_BYTES, "under 100 kB")));
        Result result = bench.lab().measure(work, bench.plan().runs());
        WorkFolder.remove(repository);
        return result;
    }

    /** On a copy, since the other works want the database as it was made. */
    private static Result changed(Bench bench) {
        Field field = bench.field();
        field.server()
                .sql(
                        "postgres",
                        "CREATE DATABASE " + CHANGED + " TEMPLATE "
                                + field.databases().large());
        field.server().sql(CHANGED, "VACUUM (ANALYZE)");
        Path repository = field.repository(CHANGED);
        bench.lab().prepare(field.backup(repository, CHANGED, bench.plan()));
        long most = (long) (WorkFolder.size(repository) * CHANGED_SHARE);
        var round = new AtomicInteger();
        Contender holdfast = again(bench, CHANGED, repository, () -> change(field, round.getAndIncrement()));
        List<Contender> folders = folders(bench, CHANGED);
        List<String> peers = Field.names(folders);
        Work work = new Work(
                "second-backup-changed",
                "the large database once more, 1 % of each big table changed in one place",
                with(folders, holdfast),
                peers,
                List.of(
                        new Bar.Times(holdfast.name(), peers, 0.25),
                        new Bar.Bytes(holdfast.name(), most, "under 3 % of the first")));
        Result result = bench.lab().measure(work, bench.plan().runs());
        WorkFolder.remove(repository);
        field.server().drop(CHANGED);
        return result;
    }

    /** Another hundredth each time, so that no range is changed twice. */
    private static void change(Field field, int round) {
        field.server()
                .sql(
                        CHANGED,
                        "UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid "
                                + hundredth(field, Databases.ACCOUNTS_PER_SCALE, round),
                        "UPDATE documents SET created = created + interval '1 second' WHERE id "
                                + hundredth(field, Databases.DOCUMENTS_PER_SCALE, round));
    }

    private static String hundredth(Field field, int rowsPerScale, int round) {
        long rows = (long) rowsPerScale * field.databases().scale() / 100;
        long from = rows * (round % 100) + 1;
        return "BETWEEN " + from + " AND " + (from + rows - 1);
    }

    /** Holdfast backing up into the repository that it has backed up into before. */
    private static Contender again(Bench bench, String database, Path repository, Runnable before) {
        var sizeBefore = new AtomicLong();
        return Contender.of(
                Field.HOLDFAST + " backup",
                () -> {
                    before.run();
                    sizeBefore.set(WorkFolder.size(repository));
                },
                bench.field().backup(repository, database, bench.plan()),
                () -> Optional.of(WorkFolder.size(repository) - sizeBefore.get()));
    }
}
