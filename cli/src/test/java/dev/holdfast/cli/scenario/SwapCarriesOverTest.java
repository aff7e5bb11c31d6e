package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to a database and not to anything in it: after a swap it is as in the backup, but for the marker of protection. */
final class SwapCarriesOverTest {
    private static final String SEEN = """
            SELECT 'owner', pg_get_userbyid(datdba) FROM pg_database WHERE datname = '%1$s';
            SELECT 'limit', datconnlimit, 'template', datistemplate, 'allowed', datallowconn FROM pg_database WHERE datname = '%1$s';
            SELECT 'encoding', encoding, datcollate, datctype FROM pg_database WHERE datname = '%1$s';
            SELECT 'tablespace', spcname FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace WHERE datname = '%1$s';
            SELECT 'comment', shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '%1$s';
            SELECT 'right', a.grantor::regrole, a.grantee::regrole, a.privilege_type, a.is_grantable
              FROM pg_database, aclexplode(datacl) a WHERE datname = '%1$s' ORDER BY 1, 2, 3, 4;
            SELECT 'setting', s.setrole::regrole, c FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase,
                   unnest(s.setconfig) c WHERE d.datname = '%1$s' ORDER BY 1, 2, 3;
            """;

    @TempDir
    private Path folder;

    private static List<String> seen(TestServer server, String name) {
        return server.must("postgres", SEEN.formatted(name)).lines().toList();
    }

    @OldestAndNewestPostgres
    void everythingIsAsInTheBackup(TestServer server) throws IOException {
        Path place = Files.createDirectory(server.server().folder().resolve("swap_place"));
        Files.setAttribute(
                place, "unix:uid", Files.getAttribute(server.server().folder().resolve("data"), "unix:uid"));
        server.must(
                "postgres",
                "CREATE TABLESPACE swap_place LOCATION '" + place + "'; CREATE ROLE swap_owner; CREATE ROLE swap_user;"
                        + " CREATE DATABASE \"Swap \"\"Shop\" TABLESPACE swap_place OWNER swap_owner");
        TestDatabase shop = server.database("Swap \"Shop");
        TestDatabase kept = shop;
        try {
            shop.must("CREATE TABLE t AS SELECT 1 AS a");
            shop.alter("SET work_mem = '7MB'");
            shop.alter("SET \"shop.words\" = 'it''s \"quoted\"; RENAME TO x'");
            shop.alter("SET search_path = \"My Schema\", public");
            shop.alter("CONNECTION LIMIT 17");
            server.must("postgres", """
                    ALTER ROLE swap_user IN DATABASE "Swap ""Shop" SET statement_timeout = '9s';
                    COMMENT ON DATABASE "Swap ""Shop" IS 'the shop; ALTER DATABASE x';
                    REVOKE ALL ON DATABASE "Swap ""Shop" FROM PUBLIC;
                    GRANT CREATE, CONNECT ON DATABASE "Swap ""Shop" TO swap_user WITH GRANT OPTION;
                    ALTER DATABASE "Swap ""Shop" IS_TEMPLATE true
                    """);
            List<String> before = seen(server, shop.name());
            Cli cli = Cli.of(shop, folder);
            String id = cli.run("backup").well().lastLine();
            kept = server.database(shop.name() + "_before_" + id);

            shop.alter("SET work_mem = '9MB'");
            shop.alter("SET random_page_cost = '9'");
            shop.alter("SET holdfast.protected = 'on'");
            shop.alter("CONNECTION LIMIT 33");
            server.must("postgres", """
                    COMMENT ON DATABASE "Swap ""Shop" IS 'changed'; GRANT ALL ON DATABASE "Swap ""Shop" TO PUBLIC;
                    ALTER DATABASE "Swap ""Shop" OWNER TO postgres; ALTER DATABASE "Swap ""Shop" IS_TEMPLATE false
                    """);
            List<String> changed = seen(server, shop.name());

            assertThat(cli.run("restore", id, "--swap", "--yes").exit())
                    .as("it is protected")
                    .isEqualTo(2);
            cli.run("restore", id, "--swap", "--confirm", shop.name()).well();

            assertThat(seen(server, shop.name()))
                    .containsAll(before)
                    .contains("setting|-|holdfast.protected=on")
                    .hasSize(before.size() + 1);
            assertThat(before).hasSizeGreaterThan(12);
            assertThat(seen(server, kept.name())).as("that one is as it was").isEqualTo(changed);
            assertThat(IndependentRows.of(shop)).isEqualTo(IndependentRows.of(kept));
        } finally {
            server.must("postgres", "ALTER DATABASE \"Swap \"\"Shop\" IS_TEMPLATE false");
            shop.close();
            kept.close();
            server.must("postgres", "DROP TABLESPACE swap_place; DROP ROLE swap_owner; DROP ROLE swap_user");
        }
    }
}
