package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Large objects come back with their bytes, holes, lengths, owners, rights and comments, whoever takes the backup. */
final class LargeObjectsTest {
    private static final String ROLES = "lo_owner, lo_friend, lo_guest, lo_other";

    /** One of each kind: empty, short, of all bytes, with a hole, cut at the end of a page, short pages in the middle, and a long one. */
    private static final String OBJECTS = """
            CREATE TABLE letters (id int PRIMARY KEY, body oid);
            SELECT lo_create(101);
            SELECT lo_from_bytea(102, 'short');
            SELECT lo_from_bytea(103, (SELECT string_agg(set_byte('\\x00', 0, n), '') FROM generate_series(0, 255) n));
            SELECT lo_create(104); SELECT lo_put(104, 1000000, 'behind a hole');
            SELECT lo_create(105); SELECT lo_put(105, 0, repeat('x', 9000)::bytea);
            BEGIN; SELECT lo_truncate64(lo_open(105, 131072), 4096); COMMIT;
            SELECT lo_from_bytea(106, 'first'); SELECT lo_put(106, 5000, 'second');
            SELECT lo_create(107); BEGIN; SELECT lo_truncate64(lo_open(107, 131072), 6144); COMMIT;
            SELECT lo_put(107, 100000, 'after an empty page');
            SELECT lo_from_bytea(108, (SELECT string_agg(sha256(n::text::bytea), '') FROM generate_series(1, 40000) n));
            SELECT count(lo_create(200000 + n)) FROM generate_series(1, 2500) n;
            INSERT INTO letters SELECT n, 100 + n FROM generate_series(1, 8) n;
            COMMENT ON LARGE OBJECT 102 IS 'it''s \\ a
            letter';
            """;

    private static final String RIGHTS = """
            SELECT format('ALTER LARGE OBJECT %s OWNER TO lo_owner', oid) FROM pg_largeobject_metadata \\gexec
            SET ROLE lo_owner;
            GRANT SELECT ON LARGE OBJECT 102 TO lo_friend WITH GRANT OPTION;
            GRANT ALL ON LARGE OBJECT 103 TO PUBLIC;
            REVOKE ALL ON LARGE OBJECT 104 FROM lo_owner;
            SET ROLE lo_friend;
            GRANT SELECT ON LARGE OBJECT 102 TO lo_guest;
            RESET ROLE;
            """;

    /** In the lists of all of these but the last, a right comes before the one to grant it; the last goes around in a circle. */
    private static final String RIGHTS_IN_ODD_ORDER = """
            SELECT count(lo_create(n)) FROM unnest(ARRAY[301, 302, 303, 304]) n;
            SELECT format('ALTER LARGE OBJECT %s OWNER TO lo_owner', oid) FROM pg_largeobject_metadata WHERE oid > 300 \\gexec
            SELECT format($$
                SET ROLE lo_owner;
                GRANT SELECT ON LARGE OBJECT %1$s TO lo_friend WITH GRANT OPTION;
                GRANT ALL ON LARGE OBJECT %1$s TO lo_other WITH GRANT OPTION;
                SET ROLE lo_friend; GRANT SELECT ON LARGE OBJECT %1$s TO lo_guest WITH GRANT OPTION;
                SET ROLE lo_guest; GRANT SELECT ON LARGE OBJECT %1$s TO PUBLIC;
                SET ROLE lo_other; GRANT SELECT ON LARGE OBJECT %1$s TO lo_friend WITH GRANT OPTION;
                SET ROLE lo_owner; REVOKE SELECT ON LARGE OBJECT %1$s FROM lo_friend;
                GRANT SELECT ON LARGE OBJECT %1$s TO lo_friend WITH GRANT OPTION;
                SET ROLE lo_other; REVOKE SELECT ON LARGE OBJECT %1$s FROM lo_friend $$, oid)
              FROM pg_largeobject_metadata WHERE oid BETWEEN 301 AND 303 \\gexec
            RESET ROLE;
            ALTER LARGE OBJECT 303 OWNER TO lo_other;
            SET ROLE lo_owner; GRANT SELECT ON LARGE OBJECT 304 TO lo_friend WITH GRANT OPTION;
            SET ROLE lo_friend; GRANT SELECT ON LARGE OBJECT 304 TO lo_guest WITH GRANT OPTION;
            RESET ROLE;
            ALTER LARGE OBJECT 304 OWNER TO lo_guest;
            """;

    /** Found by the server's own functions: bytes with holes filled, and what is known of each object. */
    private static final String BYTES = """
            SELECT m.oid, length(lo_get(m.oid)), md5(lo_get(m.oid)), pg_get_userbyid(m.lomowner), %s,
                   obj_description(m.oid, 'pg_largeobject')
              FROM pg_largeobject_metadata m ORDER BY m.oid
            """;

    /** The rights of each object, whose order means nothing. */
    static final String SEEN =
            BYTES.formatted("m.lomacl IS NULL, ARRAY(SELECT a::text FROM unnest(m.lomacl) AS a ORDER BY 1)");

    static final String PAGES =
            "SELECT loid, pageno, md5(data) FROM pg_largeobject WHERE length(data) > 0 ORDER BY loid, pageno";

    @TempDir
    private Path folder;

    static void fill(TestServer server, TestDatabase database) {
        server.must(
                "postgres",
                "CREATE ROLE lo_owner LOGIN CREATEDB; CREATE ROLE lo_friend LOGIN; CREATE ROLE lo_guest LOGIN CREATEDB; CREATE ROLE lo_other");
        database.must(OBJECTS + RIGHTS);
    }

    static void forget(TestServer server) {
        server.must("postgres", "DROP ROLE IF EXISTS " + ROLES);
    }

    private Cli as(String role, TestDatabase database) {
        return Cli.of(database, folder).with("HOLDFAST_DB", database.url().replace("postgres@", role + "@"));
    }

    /** Backed up and restored by a superuser; all that can be seen of them is as it was. */
    private Cli comeBack(TestDatabase database, TestDatabase copy) {
        Cli cli = Cli.of(database, folder);
        cli.run("backup").well();
        cli.run("restore", "latest", "--into", copy.name()).well();
        assertThat(copy.must(SEEN)).isEqualTo(database.must(SEEN));
        return cli;
    }

    /** Backed up by somebody, restored by their owner. */
    private void comeBackWithoutTheirRights(Cli backingUp, TestDatabase database, TestDatabase copy) {
        backingUp.run("backup").well();
        as("lo_owner", database)
                .run("restore", "latest", "--into", copy.name(), "--no-owner")
                .well();
        String bytes = BYTES.formatted("''");
        assertThat(copy.must(bytes)).isEqualTo(database.must(bytes));
    }

    @EachPostgres
    void theyComeBackAsTheyWere(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("letters_copy")) {
            fill(server, database);
            Cli cli = comeBack(database, copy);
            assertThat(copy.must(PAGES)).isEqualTo(database.must(PAGES));
            assertThat(cli.run("show", "latest").well().out()).contains("2,508 large objects", "by pg_dump");
            assertThat(cli.run("verify").well().out()).contains("passed");
        } finally {
            forget(server);
        }
    }

    @EachPostgres
    void nobodyGrantsARightBeforeHavingTheRightTo(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("letters_granted")) {
            fill(server, database);
            database.must(RIGHTS_IN_ODD_ORDER);
            assertThat(database.must("SELECT lomacl FROM pg_largeobject_metadata WHERE oid = 301"))
                    .contains("lo_guest=r*/lo_friend,=r/lo_guest,lo_friend=r*/lo_owner");
            comeBack(database, copy);
        } finally {
            forget(server);
        }
    }

    @OldestAndNewestPostgres
    void whoeverMayReadEverythingBacksThemUpAndTheirOwnerBringsThemBack(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("letters_read")) {
            fill(server, database);
            server.must("postgres", "GRANT pg_read_all_data TO lo_guest, lo_owner");
            comeBackWithoutTheirRights(as("lo_guest", database), database, copy);
        } finally {
            forget(server);
        }
    }

    @OldestAndNewestPostgres
    void theirOwnerNeedsNoOtherRight(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("letters_own")) {
            fill(server, database);
            database.must("ALTER TABLE letters OWNER TO lo_owner; GRANT ALL ON LARGE OBJECT 104 TO lo_owner");
            comeBackWithoutTheirRights(as("lo_owner", database), database, copy);
        } finally {
            forget(server);
        }
    }

    @OldestAndNewestPostgres
    void aHoleOfGigabytesIsNotReadAsZerosWhoeverBacksItUp(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("letters_sparse")) {
            server.must("postgres", "CREATE ROLE lo_owner LOGIN CREATEDB");
            database.must("SET ROLE lo_owner; SELECT lo_create(1); SELECT lo_put(1, 5000, 'first');"
                    + " SELECT lo_put(1, 8388600, 'over the end of a stretch'); SELECT lo_put(1, 6000000000, 'last');"
                    + " SELECT lo_create(2); BEGIN; SELECT lo_truncate64(lo_open(2, 131072), 20000000); COMMIT");
            Cli cli = as("lo_owner", database);
            cli.run("backup").well();
            assertThat(cli.run("show", "latest", "--json").well().json().objects("tables", table -> table).stream()
                            .filter(table -> table.string("name").equals("pg_catalog.pg_largeobject"))
                            .map(table -> table.count("rows")))
                    .containsExactly(5L);
            cli.run("restore", "latest", "--into", copy.name(), "--no-owner").well();
            String some = "BEGIN; SELECT md5(lo_get(1, 0, 20000000)), lo_get(1, 5999999999, 99), md5(lo_get(2)),"
                    + " lo_lseek64(lo_open(1, 262144), 0, 2)";
            assertThat(copy.must(some)).isEqualTo(database.must(some));
        } finally {
            forget(server);
        }
    }

    @OldestAndNewestPostgres
    void whatMayNotBeReadFailsTheBackupWithTheOwnersName(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            fill(server, database);
            database.must("GRANT SELECT ON letters TO lo_guest");
            Ran refused = as("lo_guest", database).run("backup");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("2506 of role lo_owner", "101", "pg_read_all_data");
        } finally {
            forget(server);
        }
    }

    @OldestAndNewestPostgres
    void whoeverCannotCompareThemIsRefusedBeforeAnythingIsMade(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            fill(server, database);
            Cli.of(database, folder).run("backup").well();
            Ran refused = as("lo_guest", database).run("restore", "latest", "--into", "never_made", "--no-owner");
            assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err()).contains("pg_largeobject", "lo_guest", "pg_read_all_data");
            assertThat(server.databases()).doesNotContain("never_made");
        } finally {
            forget(server);
        }
    }

    @EachPostgres
    void aDatabaseWithoutPlpgsqlGetsTheirRightsToo(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("letters_plain")) {
            fill(server, database);
            database.must("DROP EXTENSION plpgsql");
            comeBack(database, copy);
        } finally {
            forget(server);
        }
    }
}
