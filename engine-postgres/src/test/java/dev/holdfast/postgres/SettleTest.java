package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestServer;
import java.sql.SQLException;
import java.time.Duration;

final class SettleTest {
    @EachPostgres
    void aQuietServerWhoseLogIsNotOnDiskIsNotWaitedFor(TestServer server) throws SQLException {
        try (var database = server.fresh();
                var open = Captures.connections(database).open()) {
            // as a read does that tidies pages up: it writes to the log, and before it ends nothing brings that to disk
            PgConnections.execute(open, "test", "BEGIN; SELECT pg_logical_emit_message(false, 'test', 'not on disk')");
            assertTimeout(
                    Duration.ofSeconds(5),
                    () -> Captures.with(database, 1, capture -> {
                        capture.pieces();
                        assertThat(capture.settle().flag("fingerprints_hold")).isTrue();
                        return true;
                    }));
        }
    }
}
