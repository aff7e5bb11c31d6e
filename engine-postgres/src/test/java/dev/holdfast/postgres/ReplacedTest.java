package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.engine.Database;
import dev.holdfast.engine.Occupant;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database to be replaced looks like from beside; and one that cannot be is refused, with the name of what is in the way. */
final class ReplacedTest {
    private static Occupant look(TestDatabase database, String role) {
        String url = database.url().replace("postgres@", role + "@");
        var engine = new PostgresEngine(database.server().environment());
        try (Database beside = engine.connectBeside(Captures.run(), url)) {
            return beside.occupant(database.name(), "before_x");
        }
    }

    private static void assertRefused(TestDatabase database, String role, ErrorCode code, String named, String advice) {
        assertThatThrownBy(() -> look(database, role))
                .hasMessageContaining(named)
                .isInstanceOfSatisfying(HoldfastException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.hint().orElse("")).contains(advice);
                });
    }

    @EachPostgres
    void whoIsConnectedIsCountedAndWeAreNot(TestServer server) {
        try (TestDatabase database = server.fresh();
                var one = new PsqlSession(database);
                var two = new PsqlSession(database)) {
            one.must("SELECT 1");
            two.must("SET application_name = 'the shop'");
            Occupant occupant = look(database, "postgres");
            assertThat(occupant.sessions())
                    .containsExactly(
                            new Occupant.Sessions("postgres", "psql", 1),
                            new Occupant.Sessions("postgres", "the shop", 1));
            assertThat(occupant.keptAs()).isEqualTo(database.name() + "_before_x");
            assertThat(occupant.bytes()).isGreaterThan(1_000_000);
            try (Database same = Captures.connect(database)) {
                assertThat(occupant.identity()).isEqualTo(same.identity());
            }
        }
    }

    @Test
    void aLongNameIsShortenedAtACharacter() {
        try (TestDatabase database = TestServers.newest().create("\u00e4".repeat(31))) {
            String keptAs = look(database, "postgres").keptAs();
            assertThat(keptAs).isEqualTo("\u00e4".repeat(27) + "_before_x");
            assertThat(keptAs.getBytes(UTF_8)).hasSizeBetween(62, 63);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "template0", "template1"})
    void theServersOwnAreNotReplaced(String name) {
        TestDatabase own = TestServers.newest().database(name);
        assertRefused(own, "postgres", ErrorCode.UNSUPPORTED, name, "--into");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        TestDatabase none = TestServers.newest().database("not_there");
        assertRefused(none, "postgres", ErrorCode.BAD_USAGE, "there is no database not_there", "--into");
    }

    @EachPostgres
    void aNameThatIsTakenIsRefused(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase taken = server.create(database.name() + "_before_x")) {
            assertRefused(
                    database, "postgres", ErrorCode.ALREADY_EXISTS, taken.name(), "DROP DATABASE \"" + taken + "\"");
        }
    }

    @EachPostgres
    void slotsSubscriptionsAndPreparedTransactionsAreNamed(TestServer major) {
        Map<String, String> settings = Map.of("wal_level", "logical", "max_prepared_transactions", "2");
        try (TestServer server = TestServers.another(major.major(), settings);
                TestDatabase database = server.fresh();
                TestDatabase other = server.fresh()) {
            database.must("SELECT pg_create_logical_replication_slot('feed', 'test_decoding')");
            other.must("SELECT pg_create_logical_replication_slot('not_ours', 'test_decoding')");
            assertRefused(database, "postgres", ErrorCode.UNSUPPORTED, "slot feed", "pg_drop_replication_slot('feed')");
            database.must("SELECT pg_drop_replication_slot('feed')");

            database.must("CREATE SUBSCRIPTION news CONNECTION 'host=h' PUBLICATION p WITH (connect = false)");
            assertRefused(database, "postgres", ErrorCode.UNSUPPORTED, "subscription news", "DROP SUBSCRIPTION news");
            database.must("ALTER SUBSCRIPTION news SET (slot_name = NONE); DROP SUBSCRIPTION news");

            database.must("BEGIN; CREATE TABLE t (); PREPARE TRANSACTION 'half'");
            assertRefused(
                    database,
                    "postgres",
                    ErrorCode.UNSUPPORTED,
                    "prepared transaction half",
                    "ROLLBACK PREPARED 'half'");
            database.must("ROLLBACK PREPARED 'half'");
            assertThat(look(database, "postgres").sessions()).isEmpty();
        }
    }

    @EachPostgres
    void aRoleNeedsToOwnTheDatabaseToEndItsSessionsAndToSetItsMarker(TestServer server) {
        server.must("postgres", "CREATE ROLE replaced_owner; CREATE ROLE replacer LOGIN CREATEDB");
        try (TestDatabase database = server.fresh()) {
            database.alter("OWNER TO replaced_owner");
            assertRefused(database, "replacer", ErrorCode.DENIED, "does not own", "GRANT \"replaced_owner\" TO");
            server.must("postgres", "GRANT replaced_owner TO replacer");
            assertThat(look(database, "replacer").sessions()).isEmpty();

            try (var superuser = new PsqlSession(database)) {
                superuser.must("SELECT 1");
                assertRefused(database, "replacer", ErrorCode.DENIED, "of: postgres", "pg_signal_backend");
            }
            database.alter("SET holdfast.protected = 'on'");
            assertThat(look(database, "postgres").identity()).isNotNull();
            if (server.major() >= 15) {
                assertRefused(database, "replacer", ErrorCode.DENIED, "holdfast.protected", "GRANT SET ON PARAMETER");
                server.must("postgres", "GRANT SET ON PARAMETER holdfast.protected TO replacer");
            }
        } finally {
            server.must(
                    "postgres",
                    (server.major() >= 15 ? "REVOKE SET ON PARAMETER holdfast.protected FROM replacer;" : "")
                            + "DROP ROLE replacer; DROP ROLE replaced_owner");
        }
    }

    /** A server without a database postgres: any other one that lets us in will do. */
    @Test
    void whereThereIsNoDatabasePostgresAnotherOneIsFound() {
        TestServer server = TestServers.newest();
        try (TestDatabase database = server.fresh();
                TestDatabase other = server.fresh()) {
            PgAddress named = PgAddress.of(database.url(), Map.of());
            try (PostgresDatabase beside = Beside.of(named, address -> {
                if (address.database().equals("postgres") || address.database().equals("template1")) {
                    return opened(address.withDatabase("not_there"));
                }
                return opened(address);
            })) {
                assertThat(beside.name()).isNotIn(database.name(), "postgres", "template1");
            }
            assertThat(other.exists()).isTrue();
        }
    }

    private static PostgresDatabase opened(PgAddress address) {
        return PostgresDatabase.open(new PgConnections(address), new PgPrograms(Map.of()), Map.of());
    }
}
