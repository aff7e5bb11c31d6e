package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a drill ends, no process and no folder of it stays, and the source is not touched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class DrillEndsTest {
    private static final int KILLED = 128 + 9;

    private final TestDatabase shop = TestServers.newest().fresh();
    private Cli cli = Cli.of(shop, Path.of("unused"));

    @BeforeAll
    void backUp(@TempDir Path folder) {
        shop.must("CREATE TABLE t AS SELECT i, md5(i::text) AS v FROM generate_series(1, 5000) i");
        cli = cli.with("HOLDFAST_REPOSITORY", folder.toString());
        cli.run("backup").well();
    }

    @AfterAll
    void drop() {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drill/RESTORE", "restore/ROWS", "drill/COMPARE", "drill/CLEAN"})
    void aKilledOneLeavesNothing(String step) throws IOException {
        Child child = cli.start(step + ":kill", "drill", "latest");
        assertThat(child.await().exit()).isEqualTo(KILLED);
        awaitNothingOf(child.pid());
        assertThat(cli.run("journal").well().out()).contains("drill").contains("KILLED");
        cli.run("drill", "latest").well();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drill/SANDBOX:signal=INT", "restore/ROWS:signal=TERM", "drill/COMPARE:signal=INT"})
    void anInterruptedOneSaysSoAndLeavesNothing(String ending) throws IOException {
        Child child = cli.start(ending, "drill", "latest");
        Ran ran = child.await();
        assertThat(ran.exit()).as(ran.err()).isEqualTo(ending.endsWith("INT") ? 130 : 143);
        assertThat(ran.out()).isEmpty();
        awaitNothingOf(child.pid());
    }

    /** The shell around the server ends it after us, so it may take a moment. */
    private static void awaitNothingOf(long pid) throws IOException {
        String mark = "holdfast-server-" + pid + "-";
        while (ProcessHandle.allProcesses()
                        .anyMatch(process ->
                                process.info().commandLine().orElse("").contains(mark))
                || isThere(mark)) {
            Thread.onSpinWait();
        }
    }

    private static boolean isThere(String mark) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(mark));
        }
    }
}
