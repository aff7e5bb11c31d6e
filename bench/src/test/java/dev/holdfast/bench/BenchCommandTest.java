package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.PgPrograms;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A tiny run on a real server, if there is one here. */
class BenchCommandTest {
    private static final PrintStream SILENT = new PrintStream(new ByteArrayOutputStream(), true);
    private static final Supplier<Optional<Long>> NOTHING_LEFT = Optional::empty;

    @Test
    void contendersTakeTurnsOnARealServerAndOneThatFailsIsLeftOut() {
        assumeTrue(!new PgPrograms(System.getenv()).all("initdb").isEmpty(), "PostgreSQL's server is not here");
        var tools = Tools.find(Optional.empty(), System.getenv());
        try (var folder = new WorkFolder(false)) {
            var children = new Children(Map.of("LC_ALL", "C.UTF-8"), folder);
            try (var server = new BenchServer(tools, children, false)) {
                var databases = new Databases(server, 1);
                assertThat(server.size(databases.small())).isPositive();
                var lab = new Lab(server, children, Meter.best(children, folder), SILENT);
                Path target = folder.file("dump");
                var dumps = new Dumps(server, children, folder);
                Contender dump = Contender.of(
                        "dump",
                        () -> WorkFolder.remove(target),
                        dumps.command(dumps.folders().get(0), databases.small(), target, 2),
                        Lab.bytesOf(target));
                Contender wrong = Contender.of("wrong", () -> {}, List.of("false"), NOTHING_LEFT);
                Result result =
                        lab.measure(new Work("test", "a test", List.of(dump, wrong), List.of("dump"), List.of()), 2);
                assertThat(result.samples().get("dump")).hasSize(2);
                assertThat(result.bytes("dump").orElseThrow().min()).isPositive();
                assertThat(result.failures()).containsOnlyKeys("wrong");
            }
        }
    }

    @Test
    void tooLittleRoomIsRefusedByName() {
        try (var folder = new WorkFolder(false)) {
            assertThatThrownBy(() -> folder.needs(Long.MAX_VALUE))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("free; this needs");
        }
    }
}
