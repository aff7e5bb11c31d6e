package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;

/** Who has written and does not end is not waited for without end, and is named; nobody waits for us afterwards. */
@Timeout(60)
final class WriteLockTest {
    @OldestAndNewestPostgres
    void aTransactionThatHasWrittenAndStaysOpenIsNamed(TestServer server) {
        try (TestDatabase database = server.fresh();
                var writer = new PsqlSession(database);
                var connected = (PostgresDatabase) Captures.connect(database)) {
            database.must("CREATE TABLE t AS SELECT 1 AS a; CREATE TABLE calm AS SELECT 1 AS a");
            writer.must("SET application_name = 'the shop'; BEGIN; INSERT INTO t VALUES (2)");
            String process = writer.must("SELECT pg_backend_pid()").get(0);
            connected.tryToLock(2);
            try (var replacement = connected.replacement(Captures.run(), "a test")) {
                replacement.claim(false);
                assertThatThrownBy(() -> replacement.lock(Optional.empty()))
                        .isInstanceOfSatisfying(
                                HoldfastException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                        .hasMessageContaining(
                                "process " + process + " (postgres, the shop, idle in transaction) on public.t")
                        .hasMessageNotContaining("calm");
            }
            writer.must("COMMIT");
            database.must("SET lock_timeout = '5s'; INSERT INTO t VALUES (3); INSERT INTO calm VALUES (2)");
            try (var replacement = connected.replacement(Captures.run(), "a test")) {
                replacement.claim(false);
                replacement.lock(Optional.empty());
            }
        }
    }
}
