package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A command that does nothing, behind a guard; beside the backup alone that a guard takes first. */
final class GuardWorks {
    private static final double MORE_SECONDS = 0.5;

    private GuardWorks() {}

    static List<Result> measure(Bench bench) {
        Field field = bench.field();
        String database = field.databases().large();
        Path repository = field.repository("guarded");
        List<String> backup = field.backup(repository, database, bench.plan());
        bench.lab().prepare(backup);
        Contender alone = Contender.of(Field.HOLDFAST + " backup", () -> {}, backup, Optional::empty);
        Contender guard = Contender.of(
                Field.HOLDFAST + " guard true",
                () -> {},
                field.holdfast()
                        .with(
                                "guard",
                                "--quiet",
                                "--repository",
                                repository.toString(),
                                "--db",
                                field.server().url(database),
                                "--jobs",
                                String.valueOf(bench.plan().jobs()),
                                "--",
                                "true"),
                Optional::empty);
        Result result = bench.lab()
                .measure(
                        new Work(
                                "guard",
                                "a command that does nothing guarded, the large database unchanged",
                                List.of(alone, guard),
                                List.of(alone.name()),
                                List.of(new Bar.Longer(guard.name(), alone.name(), MORE_SECONDS))),
                        bench.plan().runs());
        WorkFolder.remove(repository);
        return List.of(result);
    }
}
