package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pieces about large objects say is understood for each object, whatever roles are called. */
final class LargeObjectStatementTest {
    private static final String ODD = "a'b\\c; RESET ROLE;\"ARRAY '{7}'::pg_catalog.oid[] OBJECT 7 ";

    private final TestServer server = TestServers.newest();

    @Test
    void everyStatementOfABackupIsUnderstoodAndDoesToEachObjectWhatItDidToMany() {
        server.must("postgres", "CREATE ROLE " + Sql.name(ODD) + "; CREATE ROLE lo_plain");
        try (TestDatabase database = server.fresh()) {
            database.must("SET ROLE " + Sql.name(ODD)
                    + "; SELECT count(lo_create(500 + n)) FROM generate_series(1, 3) n;"
                    + " GRANT SELECT ON LARGE OBJECT 501, 502 TO lo_plain WITH GRANT OPTION; SET ROLE lo_plain;"
                    + " GRANT SELECT ON LARGE OBJECT 501, 502 TO " + Sql.name(ODD) + ", PUBLIC; RESET ROLE;"
                    + " COMMENT ON LARGE OBJECT 503 IS E'it''s \\\\ a\\nletter; LARGE OBJECT 9'");
            String facts = "SELECT oid, pg_get_userbyid(lomowner), ARRAY(SELECT unnest(lomacl)::text ORDER BY 1),"
                    + " obj_description(oid, 'pg_largeobject') FROM pg_largeobject_metadata ORDER BY oid";
            String before = database.must(facts);
            List<LargeObjectStatement> statements;
            try (PgSession session = Captures.connections(database).openSession()) {
                statements = LargeObjects.statements(session.connection()).values().stream()
                        .flatMap(piece -> DatabaseStatements.split(piece).stream())
                        .map(LargeObjectStatement::of)
                        .toList();
            }
            assertThat(statements.stream()
                            .filter(LargeObjectStatement::isMaking)
                            .flatMap(each -> each.objects().stream()))
                    .containsExactly(501L, 502L, 503L);
            assertThat(statements.stream()
                            .flatMap(each -> each.owner().stream())
                            .distinct())
                    .containsExactly(Sql.name(ODD));
            database.must("SELECT count(lo_unlink(oid)) FROM pg_largeobject_metadata");
            database.must("SELECT count(lo_create(o)) FROM unnest(ARRAY[501, 502, 503]) o;"
                    + String.join(
                            ";",
                            statements.stream()
                                    .flatMap(LargeObjectStatementTest::each)
                                    .toList()));
            assertThat(database.must(facts)).isEqualTo(before);
        } finally {
            server.must("postgres", "DROP ROLE " + Sql.name(ODD) + ", lo_plain");
        }
    }

    private static Stream<String> each(LargeObjectStatement statement) {
        return statement.isMaking()
                ? Stream.of()
                : statement.objects().stream()
                        .map(object -> statement
                                .by()
                                .map(role -> "SET ROLE " + role + ";" + statement.about(object) + "; RESET ROLE")
                                .orElse(statement.about(object)));
    }

    @Test
    void anythingElseIsAnError() {
        assertThatThrownBy(() -> LargeObjectStatement.of("DROP TABLE letters;"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("not understood");
    }
}
