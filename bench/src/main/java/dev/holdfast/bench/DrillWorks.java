package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A drill of the large database: a server is made, the backup is restored in it, and everything is looked at. */
final class DrillWorks {
    private DrillWorks() {}

    static List<Result> measure(Bench bench, Field.Prepared prepared) {
        Field field = bench.field();
        String database = field.databases().large();
        Path dump = RestoreWorks.dump(bench, database);
        Path repository = prepared.repository(bench, database);
        String plain = "pg_restore -j" + bench.plan().jobs();
        Contender drill = Contender.of(
                Field.HOLDFAST + " drill",
                () -> {},
                field.holdfast()
                        .on(
                                repository,
                                field.server().url(database),
                                List.of(
                                        "drill",
                                        "latest",
                                        "--jobs",
                                        String.valueOf(bench.plan().jobs()))),
                Optional::empty);
        Result result = bench.lab()
                .measure(
                        new Work(
                                "drill",
                                "the large database's backup drilled, the server to throw away included",
                                List.of(field.pgRestore(plain, dump, bench.plan(), ""), drill),
                                List.of(plain),
                                List.of(new Bar.Times(drill.name(), List.of(plain), 1.0))),
                        bench.plan().runs());
        field.dropRestored();
        return List.of(result);
    }
}
