package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** On a server that has none of them, the roles of a database are made from its backup by psql alone, and are what they were. */
final class RolesComeBackTest {
    private static final String ROLES = """
            CREATE ROLE back_owner CREATEDB NOINHERIT PASSWORD 'first secret' VALID UNTIL '2031-02-03 04:05:06.789+02';
            CREATE ROLE "back ""quoted"" role" LOGIN CONNECTION LIMIT 3 VALID UNTIL 'infinity' PASSWORD 'second secret';
            CREATE ROLE "back
            lines" BYPASSRLS CREATEROLE;
            CREATE ROLE back_staff; CREATE ROLE back_team; CREATE ROLE back_z_admin; CREATE ROLE back_a_member; CREATE ROLE back_b_member;
            CREATE ROLE back_taker LOGIN IN ROLE pg_read_all_data;
            ALTER ROLE back_owner SET search_path = "My Schema", "a ""quoted"" one", public, '';
            ALTER ROLE back_owner SET DateStyle = 'SQL, DMY';
            ALTER ROLE back_owner SET statement_timeout = '7s';
            ALTER ROLE back_owner SET temp_tablespaces = '';
            ALTER ROLE back_a_member SET "back.odd" = E'it''s; \\\\ two\\nCREATE ROLE "never_made";\\r -- ';
            ALTER ROLE "back
            lines" SET application_name = '☃ = "snow"';
            GRANT back_staff TO back_z_admin WITH ADMIN OPTION;
            GRANT back_staff TO "back ""quoted"" role";
            GRANT back_team TO back_staff;
            """;

    /** Who gave what to whom is known from 16 on. Names stand in the wrong order. */
    private static final String OPTIONS = """
            GRANT back_team TO back_a_member WITH INHERIT FALSE, SET TRUE;
            GRANT back_team TO back_b_member WITH INHERIT TRUE, SET FALSE, ADMIN TRUE;
            SET ROLE back_z_admin; GRANT back_staff TO back_b_member WITH ADMIN TRUE, SET FALSE; RESET ROLE;
            SET ROLE back_b_member; GRANT back_staff TO back_a_member WITH INHERIT FALSE; RESET ROLE;
            GRANT back_staff TO back_a_member WITH SET FALSE;
            """;

    private static final String SEEN = """
            SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit,
                   extract(epoch FROM rolvaliduntil), rolpassword IS NULL
              FROM pg_authid
             WHERE rolname ~ '^back' AND rolname <> 'back_taker' ORDER BY 1;
            SELECT r.rolname, d.datname, s.setconfig FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
              LEFT JOIN pg_database d ON d.oid = s.setdatabase WHERE r.rolname ~ '^back' ORDER BY 1, 2;
            SELECT to_jsonb(m) - 'oid' - 'roleid' - 'member' - 'grantor' || jsonb_build_object('role', m.roleid::regrole,
                   'member', m.member::regrole %s)
              FROM pg_auth_members m WHERE m.member::regrole::text ~ '^"?back' AND m.member <> 'back_taker'::regrole::oid ORDER BY 1;
            """;

    @TempDir
    private Path folder;

    private static String seen(TestServer server) {
        String grantor = server.major() >= 16 ? ", 'grantor', m.grantor::regrole" : "";
        return server.must("postgres", SEEN.formatted(grantor));
    }

    private static void use(TestDatabase database) {
        database.must("""
                CREATE TABLE t AS SELECT 1 AS a; ALTER TABLE t OWNER TO back_owner;
                SELECT format('GRANT SELECT ON t TO %I', rolname) FROM pg_roles WHERE rolname ~ '^back' \\gexec
                REVOKE SELECT ON t FROM back_taker;
                """);
        database.server()
                .must(
                        "postgres",
                        "ALTER ROLE \"back\nlines\" IN DATABASE " + database.name()
                                + " SET work_mem = '7MB'; ALTER DATABASE " + database.name() + " OWNER TO back_owner");
    }

    @EachPostgres
    void theyAreMadeWithTheirSettingsDatesAndMembershipsButWithoutPasswords(TestServer major) {
        try (TestServer server = TestServers.another(major.major(), Map.of());
                TestServer second = TestServers.another(major.major(), Map.of());
                TestDatabase database = server.create("back")) {
            server.must("postgres", ROLES + (server.major() >= 16 ? OPTIONS : ""));
            use(database);
            Cli.of(database, folder)
                    .with("HOLDFAST_DB", database.url().replace("postgres@", "back_taker@"))
                    .run("backup")
                    .well();

            var script = new Script(folder, second);
            String backup = Script.backup(database, folder);
            String statements = script.run(backup, "--piece", "roles.sql").text();
            assertThat(statements).doesNotContain("secret", "PASSWORD", "SCRAM");
            second.must("postgres", statements);
            assertThat(script.run(backup, "back").exit()).isZero();

            server.must(
                    "postgres",
                    "ALTER ROLE back_owner PASSWORD NULL; ALTER ROLE \"back \"\"quoted\"\" role\" PASSWORD NULL");
            second.must("postgres", "CREATE ROLE back_taker");
            assertThat(seen(second)).isEqualTo(seen(server)).contains("7MB", "never_made", "Infinity");
            assertThat(second.must("postgres", "SELECT count(*) FROM pg_roles WHERE rolname = 'never_made'"))
                    .isEqualTo("0");
        }
    }

    @EachPostgres
    void aSettingInAnotherEncodingIsNoReasonForNoBackup(TestServer server) {
        String make = "CREATE DATABASE %s TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C' ENCODING '%s'";
        try (TestDatabase latin = server.database("back_latin");
                TestDatabase japanese = server.database("back_japanese")) {
            server.must(
                    "postgres",
                    make.formatted("back_latin", "LATIN1") + ";" + make.formatted("back_japanese", "EUC_JP"));
            server.must("postgres", "CREATE ROLE back_mixed; ALTER ROLE back_mixed SET back.snow = '☃'");
            latin.must("SET client_encoding = 'UTF8'; ALTER ROLE back_mixed SET back.cafe = 'caf\u00e9'");
            japanese.must("CREATE TABLE t AS SELECT 1 AS a; ALTER TABLE t OWNER TO back_mixed");
            String backup = Script.backup(japanese, folder);
            assertThat(Cli.of(japanese, folder).run("show", backup).well().out())
                    .contains("back.cafe", "roles.sql");
            assertThat(new Script(folder, server)
                            .run(backup, "--piece", "roles.sql")
                            .text())
                    .contains("SET \"back.snow\" TO '☃';")
                    .doesNotContain("cafe");
        } finally {
            server.must("postgres", "DROP ROLE back_mixed");
        }
    }

    /** What somebody gave who has nothing to do with the database is given by whoever makes the roles. */
    @EachPostgres
    void aMembershipThatAStrangerGaveIsThereToo(TestServer major) {
        try (TestServer server = TestServers.another(major.major(), Map.of());
                TestServer second = TestServers.another(major.major(), Map.of());
                TestDatabase database = server.create("back")) {
            server.must("postgres", ROLES + """
                    CREATE ROLE stranger; GRANT back_staff TO stranger WITH ADMIN OPTION;
                    GRANT back_staff TO back_a_member WITH ADMIN OPTION;
                    SET ROLE stranger; GRANT back_staff TO back_a_member, back_b_member; RESET ROLE;
                    """);
            use(database);
            var script = new Script(folder, second);
            second.must(
                    "postgres",
                    script.run(Script.backup(database, folder), "--piece", "roles.sql")
                            .text());
            String members = "SELECT member::regrole::text, bool_or(admin_option) FROM pg_auth_members"
                    + " WHERE roleid = 'back_staff'::regrole AND member::regrole::text <> 'stranger' GROUP BY 1 ORDER BY 1";
            assertThat(second.must("postgres", members))
                    .isEqualTo(server.must("postgres", members))
                    .contains("back_a_member|t");
        }
    }
}
