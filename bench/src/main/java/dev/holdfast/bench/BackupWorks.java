package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.List;

/** The first backup of the large database. */
final class BackupWorks {
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

    static List<Contender> folders(Bench bench, String database) {
        return bench.field().dumps().folders().stream()
                .map(kind -> bench.field().dump(kind, database, bench.plan()))
                .toList();
    }

    /** The peers, and Holdfast last. */
    static List<Contender> with(List<Contender> peers, Contender ours) {
        List<Contender> all = new ArrayList<>(peers);
        all.add(ours);
        return all;
    }
}
