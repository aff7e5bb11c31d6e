package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.Dump;
import dev.holdfast.engine.DumpOrder;
import dev.holdfast.engine.DumpRestored;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.ForeignDumps;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of others come back in a sandbox, and what does not come back is told by whose fault it is. */
@Timeout(120)
final class DumpRestoreTest {
    private static final Run RUN = new Run(InstantSource.system(), RunListener.SILENT);

    @TempDir
    private Path folder;

    /** Servers are slow to make, and a dump finds nothing of the one before it. */
    private static Stage stage;

    @BeforeAll
    static void begin() {
        stage = Stage.of(TestServers.newest());
    }

    @AfterAll
    static void end() {
        stage.close();
    }

    /** A sandbox in which one dump after the other is brought back. */
    private record Stage(PostgresEngine engine, Sandbox sandbox) implements AutoCloseable {
        static Stage of(TestServer server) {
            var engine = new PostgresEngine(server.environment());
            var facts =
                    new JsonObject().put("database", "restored").put("server_version_num", server.major() * 10_000L);
            var order = new SandboxOrder("local", facts, Optional.empty());
            return new Stage(engine, engine.sandbox(RUN, order));
        }

        Came bringBack(Path file) {
            return bringBack(file, false);
        }

        Came bringBack(Path file, boolean superuser) {
            PgAddress server = PgAddress.of(sandbox.url(), Map.of());
            try (PgSession session = new PgConnections(server).openSession()) {
                PgConnections.execute(session.connection(), "test", "DROP DATABASE IF EXISTS restored");
            }
            Dump dump = engine.dump(file);
            assertThat(dump.read(RUN).faults()).as(file.toString()).isEmpty();
            List<String> lacking = dump.lacking(sandbox);
            assertThat(lacking).isEmpty();
            return new Came(dump, dump.restore(RUN, sandbox, new DumpOrder("restored", 2, superuser)));
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }

    private record Came(Dump dump, DumpRestored restored) {
        void whole() {
            assertThat(restored.errors().first()).as(dump.description()).isEmpty();
            assertThat(restored.unmet().first()).as(dump.description()).isEmpty();
            assertThat(doubts()).as(dump.description()).isEmpty();
        }

        List<String> doubts() {
            List<String> doubts = new ArrayList<>();
            dump.databases()
                    .forEach(each ->
                            dump.look(each).forEach(look -> look.doubts().ifPresent(doubts::add)));
            return doubts;
        }
    }

    @OldestAndNewestPostgres
    void everyFormAndCompressionComesBack(TestServer server) {
        try (TestDatabase shop = server.fresh();
                Stage ofServer = Stage.of(server)) {
            ForeignDumps.fill(shop);
            var dumps = new ForeignDumps(shop, folder);
            Path plain = dumps.make("shop.sql");
            Path custom = dumps.make("shop.custom", "-Fc");
            List<Path> all = List.of(
                    plain,
                    custom,
                    dumps.make("shop.tar", "-Ft"),
                    dumps.make("shop.directory", "-Fd"),
                    dumps.make("shop.inserts", "--rows-per-insert=7"),
                    dumps.make("shop.clean", "--clean"),
                    dumps.make("shop.create", "--create", "--clean"),
                    dumps.make("shop.root", "--load-via-partition-root"),
                    dumps.packed(plain, "gzip", ".gz"),
                    dumps.packed(plain, "zstd", ".zst"),
                    dumps.packed(plain, "bzip2", ".bz2"),
                    dumps.packed(plain, "xz", ".xz"),
                    dumps.packed(custom, "gzip", ".gz"));
            all.forEach(file -> ofServer.bringBack(file).whole());
        }
    }

    @Test
    void aWholeClusterComesBack() {
        TestServer server = TestServers.another(TestServers.newest().major(), Map.of());
        try (server;
                TestDatabase shop = server.create("own-shop");
                TestDatabase second = server.create("second")) {
            ForeignDumps.fill(shop);
            second.must(
                    "CREATE ROLE clerk PASSWORD 'x'; GRANT clerk TO postgres; CREATE TABLE u AS SELECT 1 AS i; ALTER TABLE u OWNER TO clerk");
            Came came = stage.bringBack(new ForeignDumps(shop, folder).ofCluster("all.sql"));
            came.whole();
            assertThat(came.dump().databases()).containsExactlyInAnyOrder("own-shop", "second");
            assertThat(came.restored().prepared())
                    .anyMatch(line -> line.contains("role clerk, as a placeholder"))
                    .contains("statements about roles and tablespaces are left out");
            assertThat(came.dump().answer("second", "SELECT i FROM u")).isEqualTo("1");
        }
    }

    @Test
    void ownersAndRightsOfRolesThatAreNotThereArePlacedBefore() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("""
                    CREATE ROLE "Odd Role"; CREATE ROLE teller;
                    CREATE TABLE t AS SELECT 1 AS i;
                    ALTER TABLE t OWNER TO "Odd Role";
                    CREATE SCHEMA till AUTHORIZATION teller;
                    CREATE TABLE till.cash(i int);
                    ALTER TABLE till.cash OWNER TO teller;
                    ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY;
                    CREATE POLICY mine ON t TO teller USING (true);
                    GRANT SELECT ON t TO teller;
                    ALTER DEFAULT PRIVILEGES FOR ROLE teller GRANT SELECT ON TABLES TO "Odd Role";
                    """);
            var dumps = new ForeignDumps(shop, folder);
            for (Path file : List.of(dumps.make("shop.sql"), dumps.make("shop.custom", "-Fc"))) {
                Came came = stage.bringBack(file);
                came.whole();
                assertThat(came.dump().answer("restored", "SELECT tableowner FROM pg_tables WHERE tablename = 'cash'"))
                        .isEqualTo("teller");
            }
            shop.must("DROP TABLE t; DROP SCHEMA till CASCADE; DROP OWNED BY teller; DROP ROLE teller, \"Odd Role\"");
        }
    }

    @Test
    void aRowThatIsRefusedIsAnErrorAndIsMissing() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            ForeignDumps.fill(shop);
            var dumps = new ForeignDumps(shop, folder);
            Path plain = dumps.make("shop.sql");
            Came value = stage.bringBack(ForeignDumps.changed(
                    plain, "value.sql", text -> text.replace("\n7\t8f14e45f", "\nseven\t8f14e45f")));
            assertThat(value.restored().errors().first())
                    .containsExactly("invalid input syntax for type integer: \"seven\" (COPY t, line 7)");
            assertThat(value.doubts()).anyMatch(doubt -> doubt.contains("\"public\".\"t\" has 0 instead of 300"));
            Came twice = stage.bringBack(
                    ForeignDumps.changed(plain, "twice.sql", text -> text.replace("\n7\t8f14e45f", "\n8\t8f14e45f")));
            assertThat(twice.restored().errors().first())
                    .singleElement()
                    .asString()
                    .contains("could not create unique index");
            Came gone = stage.bringBack(ForeignDumps.changed(
                    plain,
                    "gone.sql",
                    text -> text.replaceFirst("CREATE TABLE public.nothing \\(", "CREATE TABLE public.other (")));
            assertThat(gone.restored().errors().count()).isGreaterThan(1);
            assertThat(gone.restored().errors().first()).noneMatch(error -> error.contains("syntax"));
        }
    }

    @Test
    void errorsThatPgRestoreIgnoresAreCounted() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("""
                    CREATE TABLE t(i int);
                    CREATE FUNCTION positive(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
                    CREATE TABLE checked(i int CHECK (positive(i)));
                    INSERT INTO t VALUES (1), (1);
                    INSERT INTO checked VALUES (-1);
                    CREATE OR REPLACE FUNCTION positive(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
                    """);
            Came came = stage.bringBack(new ForeignDumps(shop, folder).make("shop.custom", "-Fc"));
            assertThat(came.restored().errors().count()).isEqualTo(1);
            assertThat(came.restored().errors().first())
                    .containsExactly(
                            "new row for relation \"checked\" violates check constraint \"checked_i_check\" (COPY checked, line 1)");
            assertThat(came.doubts()).containsExactly("\"public\".\"checked\" has 0 instead of 1");
        }
    }

    @Test
    void anExtensionThatIsNotHereIsNamedBefore() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            ForeignDumps.fill(shop);
            Path plain = ForeignDumps.changed(
                    new ForeignDumps(shop, folder).make("shop.sql"),
                    "missing.sql",
                    text -> text.replace(
                            "CREATE EXTENSION IF NOT EXISTS pgcrypto", "CREATE EXTENSION IF NOT EXISTS \"no-such\""));
            Dump dump = stage.engine().dump(plain);
            dump.read(RUN);
            assertThat(dump.lacking(stage.sandbox())).containsExactly("extension no-such");
        }
    }

    @Test
    void aHostileDumpRunsNothingOnThisMachine() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            Path touched = folder.resolve("touched");
            shop.must("CREATE TABLE t(i int); INSERT INTO t VALUES (1)");
            shop.must("CREATE FUNCTION evil(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS "
                    + "$$ BEGIN COPY (SELECT 1) TO PROGRAM 'chmod 777 " + folder + "; touch " + touched
                    + "; true'; RETURN $1; END $$");
            var dumps = new ForeignDumps(shop, folder);
            Path plain = dumps.make("shop.sql");
            for (String hostile : List.of(
                    "COPY (SELECT 1) TO PROGRAM 'touch " + touched + "';",
                    "COPY nix FROM stdin;\n\\! touch " + touched + "\n\\.\n",
                    "CREATE INDEX ON public.t (public.evil(1));",
                    "DO $$ BEGIN EXECUTE 'COPY public.t TO PROGRAM ''touch " + touched + "'''; END $$;",
                    "CREATE FUNCTION s(cstring) RETURNS int LANGUAGE c AS 'libc.so.6', 'system'; SELECT s('touch "
                            + touched + "');",
                    "SET SESSION AUTHORIZATION postgres; COPY (SELECT 1) TO PROGRAM 'touch " + touched + "';",
                    "SELECT pg_read_file('/etc/passwd');",
                    "ALTER SYSTEM SET archive_command = 'touch " + touched + "';")) {
                Path changed = ForeignDumps.changed(
                        plain,
                        "hostile.sql",
                        text -> text.replaceFirst(
                                "\n(?=--\n-- PostgreSQL database dump complete)",
                                Matcher.quoteReplacement("\n" + hostile + "\n\n")));
                Came came = stage.bringBack(changed);
                assertThat(came.restored().unmet().count()
                                + came.restored().errors().count())
                        .as(hostile)
                        .isPositive();
                assertThat(came.dump().answer("restored", "SELECT count(*) FROM t"))
                        .isEqualTo("1");
                assertThat(Files.exists(touched)).as(hostile).isFalse();
            }
        }
    }

    @Test
    void whatTakesASuperuserIsNotTheDumpsFaultAndCanBeAllowed() {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("""
                    CREATE TABLE t AS SELECT 1 AS i;
                    CREATE FUNCTION e() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
                    CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION e();
                    """);
            Path file = new ForeignDumps(shop, folder).make("shop.custom", "-Fc");
            Came refused = stage.bringBack(file);
            assertThat(refused.restored().errors().count()).isZero();
            assertThat(refused.restored().unmet().first().get(0))
                    .isEqualTo("permission denied to create event trigger \"watch\"");
            stage.bringBack(file, true).whole();
        }
    }

    @Test
    void aDumpFromANewerPgDumpThanItsServerComesBack() {
        TestServer oldest = TestServers.each().get(0);
        TestServer newest = TestServers.newest();
        try (TestDatabase shop = oldest.fresh();
                Stage ofOldest = Stage.of(oldest)) {
            ForeignDumps.fill(shop);
            var byNewer =
                    new TestDatabase(new TestServer(newest.major(), newest.programs(), oldest.server()), shop.name());
            Came came = ofOldest.bringBack(new ForeignDumps(byNewer, folder).make("shop.sql"));
            came.whole();
            assertThat(came.restored().prepared()).anyMatch(line -> line.contains("which this server does not know"));
        }
    }
}
