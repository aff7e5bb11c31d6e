package dev.holdfast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a user waits for before anything happens, beside a Java that does nothing. */
final class StartUpWork {
    private static final double MORE_SECONDS = 0.120;
    private static final String EMPTY = "public class Empty { public static void main(String[] a) {} }\n";

    private StartUpWork() {}

    static List<Result> measure(Bench bench) {
        Path folder = bench.field().folder().file("empty");
        Path source = folder.resolve("Empty.java");
        String java = Machine.java("java");
        try {
            Files.createDirectories(folder);
            Files.writeString(source, EMPTY);
        } catch (IOException e) {
            throw new UncheckedIOException("writing an empty program", e);
        }
        bench.lab().prepare(List.of(Machine.java("javac"), "-d", folder.toString(), source.toString()));
        String peer = "empty java main";
        String ours = Field.HOLDFAST + " --version";
        return List.of(bench.lab()
                .measure(
                        new Work(
                                "start-up",
                                "from the start of the process to its end",
                                List.of(
                                        Contender.of(
                                                peer,
                                                () -> {},
                                                List.of(java, "-cp", folder.toString(), "Empty"),
                                                Optional::empty),
                                        Contender.of(
                                                ours,
                                                () -> {},
                                                bench.field().holdfast().with("--version"),
                                                Optional::empty)),
                                List.of(peer),
                                List.of(new Bar.Longer(ours, peer, MORE_SECONDS))),
                        Math.max(Plan.START_UP_RUNS, bench.plan().runs())));
    }
}
