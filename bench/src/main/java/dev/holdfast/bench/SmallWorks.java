package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.List;

/** Many small tables: what costs per table, and per file, shows here. */
final class SmallWorks {
    private SmallWorks() {}

    static List<Result> measure(Bench bench, Field.Prepared prepared) {
        Field field = bench.field();
        String database = field.databases().small();
        Contender custom = field.dump(Dumps.Kind.CUSTOM, database, bench.plan());
        Contender holdfast = field.firstBackup(database, bench.plan());
        Result backup = bench.lab()
                .measure(
                        new Work(
                                "small-backup",
                                "many small tables into an empty repository or file",
                                List.of(custom, holdfast),
                                List.of(custom.name()),
                                List.of(new Bar.Times(holdfast.name(), List.of(custom.name()), 1.0))),
                        bench.plan().runs());
        Path dump = field.folder().file("dump-of-" + database);
        bench.lab().prepare(field.dumps().command(Dumps.Kind.CUSTOM, database, dump, 1));
        String peer = "pg_restore -j" + bench.plan().jobs();
        Result restore = bench.lab()
                .measure(
                        new Work(
                                "small-restore",
                                "many small tables into a new database, ANALYZE included",
                                List.of(
                                        field.pgRestore(peer, dump, bench.plan(), ""),
                                        field.restore(prepared.repository(bench, database), database, bench.plan())),
                                List.of(peer),
                                List.of()),
                        bench.plan().runs());
        field.dropRestored();
        return List.of(backup, restore);
    }
}
