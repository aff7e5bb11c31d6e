package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.engine.RestoreOrder;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has only the newest client programs can restore into an older server with them. */
final class NewerProgramsTest {
    @TempDir
    private Path folder;

    private final Run run = new Run(InstantSource.system(), RunListener.SILENT);

    /** The newest pg_dump's archive, and the newest pg_restore; every section is restored. */
    private void restore(TestServer server, TestDatabase from, TestDatabase to) throws IOException {
        TestServer newest = TestServers.newest();
        Path archive = folder.resolve("schema.dump");
        Programs.Result dumped = Programs.run(
                List.of(newest.program("pg_dump"), "-Fc", "-s", "-d", from.url(), "-f", archive.toString()));
        assertThat(dumped.exit()).as(dumped.errors()).isZero();
        byte[] bytes = Files.readAllBytes(archive);
        var order = new RestoreOrder(
                to.name(), new JsonObject().put("tablespaces", List.of()), List.of(), name -> bytes, true);
        var program = new PgPrograms.Program(Path.of(newest.program("pg_restore")), newest.major(), "newest");
        var connections = new PgConnections(PgAddress.of(server.url("postgres"), Map.of()));
        try (var database = PostgresDatabase.open(connections, new PgPrograms(Map.of()), Map.of());
                var schema = new SchemaRestore(
                        new RestorePreflight.Cleared(program, true), database, to.name(), order, run)) {
            schema.preData();
            assertThat(schema.postData(2)).isEmpty();
            assertThat(schema.foreignKeys(2)).isEmpty();
            schema.constraintComments(true);
            schema.eventTriggers();
        }
    }

    @EachPostgres
    void settingsThatTheServerDoesNotKnowAreNoFailure(TestServer server) throws IOException {
        try (TestDatabase from = server.fresh();
                TestDatabase to = server.fresh()) {
            from.must(
                    "CREATE TABLE t (a int PRIMARY KEY, b int CONSTRAINT up REFERENCES t);"
                            + " COMMENT ON CONSTRAINT up ON t IS 'a tree'; CREATE INDEX ON t (b); CREATE VIEW v AS SELECT a FROM t");
            restore(server, from, to);
            assertThat(SchemaTexts.of(to)).isEqualTo(SchemaTexts.of(from));
        }
    }

    @EachPostgres
    void anythingElseIsAFailure(TestServer server) throws IOException {
        try (TestDatabase from = server.fresh();
                TestDatabase to = server.fresh()) {
            from.must("CREATE TABLE t (a int); CREATE TABLE u (a int)");
            to.must("CREATE TABLE u (b int)");
            assertThatThrownBy(() -> restore(server, from, to))
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("making tables");
        }
    }

    @Test
    void onlyErrorsThatAreAllUnknownSettingsAreIgnored() {
        String unknown = """
                pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "new"
                Command was: SET new = 0;
                pg_restore: warning: errors ignored on restore: 1
                """;
        String atOnce = """
                pg_restore: pg_restore: error: error: could not execute query: ERROR:  unrecognized configuration parameter "new"
                could not execute query: ERROR:  unrecognized configuration parameter "new"
                Command was: SET new = 0;
                Command was: SET new = 0;
                """;
        String other = """
                pg_restore: error: could not execute query: ERROR:  oh
                Command was: CREATE VIEW v AS SELECT 'Command was: SET new = 0;';
                """;
        assertThat(IgnoredErrors.areUnknownSettings(unknown + unknown, Set.of("old")))
                .isTrue();
        assertThat(IgnoredErrors.areUnknownSettings(atOnce, Set.of("old"))).isTrue();
        assertThat(IgnoredErrors.areUnknownSettings(unknown, Set.of("old", "new")))
                .isFalse();
        assertThat(IgnoredErrors.areUnknownSettings(unknown + other, Set.of("old")))
                .isFalse();
        assertThat(IgnoredErrors.areUnknownSettings(other, Set.of("old"))).isFalse();
        assertThat(IgnoredErrors.areUnknownSettings(unknown + "pg_restore: error: lost\n", Set.of("old")))
                .isFalse();
        assertThat(IgnoredErrors.areUnknownSettings("killed\n", Set.of("old"))).isFalse();
    }

    @Test
    void serversThatKnowNoLocaleProviderAreNotToldOfTheOnlyOneTheyHave() {
        String made = """
                CREATE DATABASE "a WITH" WITH TEMPLATE = template0 ENCODING = 'UTF8'%s LOCALE = 'C';
                COMMENT ON DATABASE a IS ' LOCALE_PROVIDER = libc';
                """;
        String said = made.formatted(" LOCALE_PROVIDER = libc");
        assertThat(DatabaseStatements.understoodBy(14, said)).isEqualTo(made.formatted(""));
        assertThat(DatabaseStatements.understoodBy(15, said)).isEqualTo(said);
    }
}
