package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A restore that the server's roles or settings stand in the way of is refused before anything is made, with what helps. */
final class WhatTheServerLacksTest {
    @TempDir
    private Path folder;

    private static void assertRefused(Ran refused, String... reasons) {
        assertThat(refused.exit()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains(reasons);
    }

    @EachPostgres
    void rolesThatPoliciesAndUserMappingsAreForAreToBeMade(TestServer server) {
        List<String> roles = List.of("reads", "\"It's, one\"", "mapped", "owns");
        roles.forEach(role -> server.must("postgres", "CREATE ROLE " + role));
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("for_roles")) {
            database.must("""
                    CREATE TABLE t (a text); ALTER TABLE t OWNER TO owns;
                    CREATE POLICY p ON t AS RESTRICTIVE FOR SELECT TO reads, "It's, one" USING (a = '; TO owns');
                    CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR mapped SERVER s;
                    """);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            database.must("ALTER TABLE t OWNER TO postgres; DROP POLICY p ON t; DROP USER MAPPING FOR mapped SERVER s");
            roles.forEach(role -> server.must("postgres", "DROP ROLE " + role));
            Ran refused = cli.run("restore", "latest", "--into", copy.name());
            assertRefused(refused, "owns", "--no-owner would not do", "are for It's, one, mapped, reads;");
            Ran still = cli.run("restore", "latest", "--into", copy.name(), "--no-owner");
            assertRefused(still, "CREATE ROLE \"It's, one\"; CREATE ROLE \"mapped\"; CREATE ROLE \"reads\";");
            assertThat(still.err()).doesNotContain("--no-owner", "CREATE ROLE \"owns\"");
            roles.subList(0, 3).forEach(role -> server.must("postgres", "CREATE ROLE " + role));
            assertRefused(cli.run("restore", "latest", "--into", copy.name()), "or say --no-owner");
            cli.run("restore", "latest", "--into", copy.name(), "--no-owner").well();
        } finally {
            roles.forEach(role -> server.must("postgres", "DROP ROLE IF EXISTS " + role));
        }
    }

    @OldestAndNewestPostgres
    void sessionsThatCannotWriteAreToldWhichSettingKeepsThemFromIt(TestServer server) {
        String setting = "default_transaction_read_only";
        server.must("postgres", "CREATE ROLE reader LOGIN CREATEDB IN ROLE pg_read_all_data");
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("writable")) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            Cli cli =
                    Cli.of(database, folder).with("HOLDFAST_DB", database.url().replace("postgres@", "reader@"));
            cli.run("backup").well();
            String[] restore = {"restore", "latest", "--into", copy.name(), "--no-owner"};

            server.must("postgres", "ALTER ROLE reader SET " + setting + " = on");
            assertRefused(cli.run(restore), setting, "ALTER ROLE \"reader\" RESET " + setting);
            server.must("postgres", "ALTER ROLE reader RESET " + setting);

            String here = "\"reader\" IN DATABASE \"" + database.name() + "\"";
            server.must("postgres", "ALTER ROLE " + here + " SET " + setting + " = on");
            assertRefused(cli.run(restore), setting, "ALTER ROLE " + here + " RESET " + setting);
            server.must("postgres", "ALTER ROLE " + here + " RESET " + setting);

            database.alter("SET " + setting + " = on");
            assertRefused(
                    cli.run(restore), setting, "another database", "ALTER DATABASE \"" + database.name() + "\" RESET");
            restore[1] = database.name() + "/latest";
            cli.with("HOLDFAST_DB", server.url("postgres").replace("postgres@", "reader@"))
                    .run(restore)
                    .well();
        } finally {
            server.must("postgres", "DROP ROLE reader");
        }
    }
}
