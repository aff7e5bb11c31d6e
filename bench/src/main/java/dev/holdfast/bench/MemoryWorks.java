package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The most memory that Holdfast takes when rows are long, with as many jobs as it takes by itself. */
final class MemoryWorks {
    private static final long MOST = 512L << 20;

    private MemoryWorks() {}

    static List<Result> measure(Bench bench, Field.Prepared prepared) {
        Field field = bench.field();
        String database = field.databases().wide();
        String url = field.server().url(database);
        Path first = field.repository("first");
        Contender backup = Contender.of(
                Field.HOLDFAST + " backup",
                () -> WorkFolder.remove(first),
                field.holdfast().on(first, url, List.of("backup")),
                Lab.bytesOf(first));
        Result wideBackup = measure(bench, "memory-backup", "rows of up to 64 MB into an empty repository", backup);
        if (!wideBackup.failures().isEmpty()) {
            return List.of(wideBackup); // nothing to verify or to restore
        }
        Path repository = prepared.repository(bench, database);
        Contender verify = Contender.of(
                Field.HOLDFAST + " verify",
                () -> {},
                field.holdfast().on(repository, url, List.of("verify")),
                Optional::empty);
        Contender restore = Contender.of(
                Field.HOLDFAST + " restore --into",
                field::dropRestored,
                field.holdfast().on(repository, url, List.of("restore", "latest", "--into", "restored_by_holdfast")),
                Optional::empty);
        Result wideVerify = measure(bench, "memory-verify", "the backup of such rows checked", verify);
        Result wideRestore = measure(bench, "memory-restore", "rows of up to 64 MB into a new database", restore);
        field.dropRestored();
        return List.of(wideBackup, wideVerify, wideRestore);
    }

    private static Result measure(Bench bench, String name, String title, Contender contender) {
        return bench.lab()
                .measure(
                        new Work(
                                name,
                                title,
                                List.of(contender),
                                List.of(),
                                List.of(new Bar.Memory(contender.name(), MOST))),
                        bench.plan().runs());
    }
}
