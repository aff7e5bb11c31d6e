package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code bench/run} does: makes a server and its databases, measures, reports, removes all of it. */
@Command(
        name = "bench/run",
        description = "Measure Holdfast beside its peers on this machine, each as a whole process, taking turns.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Works: start-up, first-backup, second-backup, compare, restore, rollback, verify, small, memory. Default: all of them.",
            "A server of its own is started and removed again; it listens on the loopback address only. Everything is"
                    + " below $TMPDIR, else /tmp; at scale 40 that takes about 13 GB and an hour.",
            "bench/run hot [OPTIONS OF JMH] measures the inner loops alone.",
            "Example: bench/run first-backup restore --json figures.json"
        })
final class BenchCommand implements Callable<Integer> {
    private static final int MOST_JOBS_BY_DEFAULT = 4;
    private static final int LARGEST_SCALE = 1000;

    @Parameters(paramLabel = "WORK", arity = "0..*", description = "What to measure.")
    private List<String> works = new ArrayList<>();

    @Option(
            names = {"-n", "--runs"},
            paramLabel = "N",
            description = "Runs of each contender that count. Default: 5.")
    private int runs = 5;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many work side by side, with every contender. Default: processors, at most 4.")
    private int jobs = Math.min(MOST_JOBS_BY_DEFAULT, Runtime.getRuntime().availableProcessors());

    @Option(
            names = {"-s", "--scale"},
            paramLabel = "N",
            description = "Size of the databases; the bars are about 40, the default.")
    private int scale = Databases.FULL_SCALE;

    @Option(
            names = "--bin",
            paramLabel = "DIR",
            description = "Where initdb and pg_dump are. Default: the newest on this machine, also in the folders of"
                    + " $HOLDFAST_POSTGRES_BIN.")
    private @Nullable Path bin;

    @Option(names = "--json", paramLabel = "FILE", description = "Write every raw figure to this file, too.")
    private @Nullable Path json;

    @Option(
            names = "--socket",
            description = "Reach the server by its Unix socket, not by TCP on the loopback address.")
    private boolean socket;

    @Option(names = "--keep", description = "Keep dumps and repositories, and say where they are.")
    private boolean keep;

    @Override
    public Integer call() {
        List<Works> chosen = chosen();
        if (runs < 1 || jobs < 1 || scale < 1 || scale > LARGEST_SCALE) {
            throw new HoldfastException(
                    ErrorCode.BAD_USAGE, "--runs and --jobs are at least 1, --scale is 1 to " + LARGEST_SCALE);
        }
        var plan = new Plan(runs, jobs, scale);
        Tools tools = Tools.find(Optional.ofNullable(bin).map(Path::toAbsolutePath), System.getenv());
        HoldfastProgram holdfast =
                HoldfastProgram.find(Path.of(System.getProperty("holdfast.root", ".")), Machine.java("java"));
        try (var folder = new WorkFolder(keep)) {
            folder.needs(chosen.stream()
                    .map(Works::database)
                    .distinct()
                    .mapToLong(database -> Databases.roomFor(database, scale))
                    .sum());
            var children = new Children(environment(tools, folder), folder);
            Meter meter = Meter.best(children, folder);
            String version = children.run(holdfast.with("--version")).strip();
            var setting = new Setting(
                    Instant.now().truncatedTo(ChronoUnit.SECONDS),
                    Machine.look(),
                    new Setting.Versions(version, holdfast.words(), tools.version(), Machine.javaVersion()),
                    socket ? "a Unix socket" : "TCP on the loopback address",
                    meter.missing());
            try (var server = new BenchServer(tools, children, socket)) {
                var databases = new Databases(server, scale);
                var dumps = new Dumps(server, children, folder);
                var lab = new Lab(server, children, meter, System.err);
                report(setting, new Bench(plan, lab, new Field(server, databases, holdfast, folder, dumps)), chosen);
            }
            if (keep) {
                System.err.println("kept: " + folder.path());
            }
        }
        return 0;
    }

    private List<Works> chosen() {
        Map<String, Works> known = new LinkedHashMap<>();
        Arrays.stream(Works.values()).forEach(work -> known.put(work.word(), work));
        for (String word : works) {
            if (!known.containsKey(word)) {
                throw new HoldfastException(ErrorCode.BAD_USAGE, "'" + word + "' is not a work")
                        .withHint("one of " + String.join(", ", known.keySet()));
            }
        }
        return known.values().stream()
                .filter(work -> works.isEmpty() || works.contains(work.word()))
                .toList();
    }

    /** Holdfast runs on this Java and with these programs, and leaves its notes here. */
    private static Map<String, String> environment(Tools tools, WorkFolder folder) {
        return Map.of(
                "LC_ALL", "C.UTF-8",
                "JAVA_HOME", System.getProperty("java.home"),
                "HOLDFAST_POSTGRES_BIN", tools.folder().toString(),
                "XDG_STATE_HOME", folder.file("state").toString());
    }

    private void report(Setting setting, Bench bench, List<Works> chosen) {
        var text = new TextReport(System.out);
        text.setting(setting, bench.plan());
        var prepared = new Field.Prepared();
        List<Result> results = new ArrayList<>();
        for (Works work : chosen) {
            for (Result result : work.measure(bench, prepared)) {
                text.result(result);
                results.add(result);
                write(JsonReport.text(setting, bench.plan(), results));
            }
        }
    }

    private void write(String report) {
        if (json == null) {
            return;
        }
        try {
            Files.writeString(json, report + System.lineSeparator(), UTF_8);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "writing " + json + ": " + e.getMessage(), e);
        }
    }
}
