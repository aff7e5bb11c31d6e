package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.engine.Database;
import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A restore that cannot succeed is refused before anything is made. */
final class RestorePreflightTest {
    private static JsonObject facts(String product, int major) {
        return new JsonObject()
                .put("product", product)
                .put("server_version_num", major * 10000L)
                .put("pg_dump", "15.0")
                .put("extensions", new JsonObject());
    }

    private static void assertRefused(TestDatabase target, JsonObject facts, String reason) {
        String databases = target.must("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database");
        var order = new RestoreOrder("restored", facts, List.of(), piece -> new byte[0], true);
        try (Database server = new PostgresEngine(Map.of()).connectServer(Captures.run(), target.url())) {
            assertThatThrownBy(() -> server.restoreInto(new Run(InstantSource.system(), RunListener.SILENT), order))
                    .hasMessageContaining(reason)
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
        }
        assertThat(target.must("SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"))
                .isEqualTo(databases);
    }

    @EachPostgres
    void aBackupOfANewerServerIsRefused(TestServer server) {
        try (TestDatabase target = server.fresh()) {
            assertRefused(target, facts("postgresql", server.major() + 1), "an older server cannot take it");
        }
    }

    @EachPostgres
    void aBackupOfAnotherProductIsRefused(TestServer server) {
        try (TestDatabase target = server.fresh()) {
            assertRefused(target, facts("sqlite", 15), "a database of sqlite");
        }
    }

    @EachPostgres
    void anExtensionThatTheServerLacksIsNamed(TestServer server) {
        try (TestDatabase target = server.fresh()) {
            JsonObject facts = facts("postgresql", server.major())
                    .put("extensions", new JsonObject().put("no_such_extension", "1.0"));
            assertRefused(target, facts, "no_such_extension");
        }
    }
}
