package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.PieceBytes;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** The text of the schema is for people; a restore takes the archive. */
final class SchemaSecretsTest {
    /** As users of dblink and of foreign data wrappers write them. */
    @EachPostgres
    void passwordsWithinOtherValuesAreNamedAndNotInItsText(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(
                    "CREATE FOREIGN DATA WRAPPER w OPTIONS (url 'postgresql://kept:canary1@h/d');"
                            + " CREATE SERVER uri FOREIGN DATA WRAPPER w OPTIONS (dbname 'postgresql://u:canary2@h/d', port '1');"
                            + " CREATE SERVER keys FOREIGN DATA WRAPPER w OPTIONS (dbname 'host=h Password = canary3');"
                            + " CREATE SERVER slashed FOREIGN DATA WRAPPER w OPTIONS (\"a secret\" 'a\\canary4');"
                            + " CREATE SERVER fine FOREIGN DATA WRAPPER w OPTIONS (dbname 'postgresql://kept2@h/d', x 'its ''kept3''');"
                            + " CREATE FOREIGN TABLE f (a int OPTIONS (at 'jdbc:x://h?password=canary5')) SERVER fine;"
                            + " CREATE SUBSCRIPTION sub CONNECTION 'postgresql://u:canary6@h/d' PUBLICATION p WITH (connect = false)");
            var run = new Run(InstantSource.system(), RunListener.SILENT);
            assertThat(pieces(server, database, run).get("schema.sql"))
                    .doesNotContain("canary")
                    .contains("postgresql://kept2@h/d", "its ''kept3''", "port '1'");
            assertThat(run.findings().stream()
                            .filter(finding -> finding.code().equals("secret_in_schema"))
                            .map(Finding::object))
                    .containsExactlyInAnyOrder("w", "uri", "keys", "slashed", "f", "sub");
            database.must("ALTER SUBSCRIPTION sub SET (slot_name = NONE); DROP SUBSCRIPTION sub");
        }
    }

    private static Map<String, String> pieces(TestServer server, TestDatabase database, Run run) {
        Map<String, String> pieces = new TreeMap<>();
        try (var connected = new PostgresEngine(server.environment()).connect(run, database.url());
                var capture = connected.capture(run, 1, Earlier.none("a test"))) {
            for (PieceBytes piece : capture.pieces()) {
                pieces.put(piece.name(), new String(piece.bytes(), UTF_8));
            }
        }
        return pieces;
    }

    @EachPostgres
    void passwordsInTheSchemaAreNamedAndNotInItsText(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(
                    "CREATE TABLE password (secret text DEFAULT 'kept'); CREATE FOREIGN DATA WRAPPER w;"
                            + " CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'kept.example', api_token 'canary1');"
                            + " CREATE USER MAPPING FOR postgres SERVER s OPTIONS (\"user\" 'kept', password 'canary2''x"
                            + System.lineSeparator() + "canary3');"
                            + " CREATE SUBSCRIPTION sub CONNECTION 'host=h password=canary4' PUBLICATION p WITH (connect = false)");
            var run = new Run(InstantSource.system(), RunListener.SILENT);
            Map<String, String> pieces = pieces(server, database, run);
            assertThat(pieces.get("schema.sql"))
                    .doesNotContain("canary")
                    .contains("'***'", "kept.example", "DEFAULT 'kept'", "CREATE SUBSCRIPTION sub");
            assertThat(run.findings().stream().map(Finding::object))
                    .contains("USER MAPPING postgres SERVER s", "s", "sub");
            database.must("ALTER SUBSCRIPTION sub SET (slot_name = NONE); DROP SUBSCRIPTION sub");
        }
    }
}
