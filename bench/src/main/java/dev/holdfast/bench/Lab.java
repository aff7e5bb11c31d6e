package dev.holdfast.bench;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where works are measured: the contenders take turns, so that whatever disturbs the machine disturbs all of them. */
final class Lab {
    /** A server notes what a session cost when the session has ended, which is a moment after its client has. */
    private static final long SERVER_SETTLES_MILLIS = 150;

    private final BenchServer server;
    private final Children children;
    private final Meter meter;
    private final PrintStream progress;

    Lab(BenchServer server, Children children, Meter meter, PrintStream progress) {
        this.server = server;
        this.children = children;
        this.meter = meter;
        this.progress = progress;
    }

    /** Measures a work: a warm-up that does not count, then so many rounds. A contender that fails takes no further turn. */
    Result measure(Work work, int runs) {
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        Map<String, String> failures = new LinkedHashMap<>();
        for (int round = 0; round <= runs; round++) {
            for (Contender contender : work.contenders()) {
                String name = contender.name();
                if (failures.containsKey(name)) {
                    continue;
                }
                try {
                    Sample sample = turn(contender);
                    tell(work, name, round, runs, Show.seconds(sample.seconds()));
                    if (round > 0) {
                        samples.computeIfAbsent(name, any -> new ArrayList<>()).add(sample);
                    }
                } catch (HoldfastException e) {
                    if (e.code() != ErrorCode.PROGRAM_FAILED) {
                        throw e;
                    }
                    failures.put(name, String.valueOf(e.getMessage()));
                    samples.remove(name);
                    tell(work, name, round, runs, "FAILED: " + e.getMessage());
                }
            }
        }
        return new Result(work, samples, failures);
    }

    private void tell(Work work, String contender, int round, int runs, String words) {
        String which = round == 0 ? "warm-up" : round + "/" + runs;
        progress.println(work.name() + ": " + contender + ": " + which + ": " + words);
    }

    private Sample turn(Contender contender) {
        contender.before().run();
        server.checkpoint();
        Optional<Double> serverBefore = server.cpu();
        Optional<Usage> usage = Optional.empty();
        long nanos = 0;
        for (List<String> command : contender.commands()) {
            List<String> measured = meter.around(command);
            long start = System.nanoTime();
            children.run(measured);
            nanos += System.nanoTime() - start;
            Optional<Usage> used = meter.read();
            usage = usage.isEmpty() ? used : usage.flatMap(first -> used.map(first::then));
        }
        settle();
        Optional<Double> serverCpu = serverBefore.flatMap(before -> server.cpu().map(after -> after - before));
        return new Sample(nanos / 1e9, usage, serverCpu, contender.left().get());
    }

    private static void settle() {
        try {
            Thread.sleep(SERVER_SETTLES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
        }
    }

    /** Runs commands that prepare something; they are not measured. */
    void prepare(List<String> command) {
        children.run(command);
    }

    /** The bytes below a path, asked at the end of a turn. */
    static java.util.function.Supplier<Optional<Long>> bytesOf(Path path) {
        return () -> Optional.of(WorkFolder.size(path));
    }
}
