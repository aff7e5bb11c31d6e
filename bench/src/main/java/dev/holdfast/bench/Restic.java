package dev.holdfast.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * restic behind pg_dump, one after the other in a pipe: how many keep dumps today. It finds again what a dump has in common with the one
 * before.
 */
record Restic(Bench bench, String program) {
    static final String NAME = "restic";

    /** Where it is installed. */
    static Optional<Restic> find(Bench bench) {
        return Optional.ofNullable(System.getenv("PATH")).stream()
                .flatMap(path -> List.of(path.split(":")).stream())
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new Restic(bench, path.toString()));
    }

    /** Into a repository that has such a dump already. */
    Contender contender(String database) {
        Path repository = bench.field().repository(NAME);
        WorkFolder.remove(repository);
        bench.lab().prepare(command(repository, List.of("init")));
        List<String> dump = bench.field().server().program("pg_dump", database, "--format=custom", "--compress=0");
        List<String> backup = command(repository, List.of("backup", "--stdin"));
        String pipe = "\"${@:" + (backup.size() + 1) + "}\" | \"${@:1:" + backup.size() + "}\"";
        List<String> piped = new ArrayList<>(List.of("bash", "-o", "pipefail", "-c", pipe, NAME));
        piped.addAll(backup);
        piped.addAll(dump);
        bench.lab().prepare(piped);
        var before = new AtomicLong();
        return Contender.of(
                "pg_dump -Fc -Z0 | restic",
                () -> before.set(WorkFolder.size(repository)),
                piped,
                () -> Optional.of(WorkFolder.size(repository) - before.get()));
    }

    private List<String> command(Path repository, List<String> words) {
        List<String> command =
                new ArrayList<>(List.of("env", "RESTIC_PASSWORD=bench", program, "--quiet", "--repo=" + repository));
        command.addAll(words);
        return command;
    }
}
