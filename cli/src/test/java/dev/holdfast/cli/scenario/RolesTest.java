package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.repository.Repository;
import dev.holdfast.store.FolderStore;
import dev.holdfast.testing.Readback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may read everything may back it up, and nobody needs a superuser; whoever may not is told what is missing. */
final class RolesTest {
    private static final String OWNED = """
            CREATE SCHEMA app; CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm SCHEMA app;
            CREATE TYPE app.mood AS ENUM ('fine', 'bad'); CREATE DOMAIN app.positive AS int CHECK (value > 0);
            CREATE TABLE app.customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE, mood app.mood,
                tags hstore, age app.positive);
            CREATE TABLE app.orders (id serial PRIMARY KEY, customer bigint REFERENCES app.customers ON DELETE CASCADE,
                net numeric, gross numeric GENERATED ALWAYS AS (net * 1.2) STORED, at timestamptz DEFAULT now());
            CREATE INDEX ON app.customers USING gin (name app.gin_trgm_ops);
            CREATE TABLE app.events (at date, what text) PARTITION BY RANGE (at);
            CREATE TABLE app.events_old PARTITION OF app.events FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
            CREATE TABLE app.events_new PARTITION OF app.events DEFAULT;
            CREATE UNLOGGED TABLE app.hasty (a int);
            CREATE VIEW app.large AS SELECT * FROM app.orders WHERE net > 50;
            CREATE MATERIALIZED VIEW app.sums AS SELECT customer, sum(net) FROM app.orders GROUP BY 1;
            CREATE FUNCTION app.stamp() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.at := now(); RETURN NEW; END $f$;
            CREATE TRIGGER stamp BEFORE UPDATE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.stamp();
            CREATE SEQUENCE app.counter; COMMENT ON TABLE app.orders IS 'what was bought';
            ALTER TABLE app.customers ENABLE ROW LEVEL SECURITY; CREATE POLICY all_of_it ON app.customers USING (true);
            CREATE PUBLICATION changes FOR TABLE app.orders; GRANT SELECT ON app.orders TO PUBLIC;
            ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
            CREATE STATISTICS app.both_of ON customer, net FROM app.orders; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            INSERT INTO app.customers (name, mood, tags, age) SELECT 'c' || i, 'fine', 'a=>1', i FROM generate_series(1, 100) i;
            INSERT INTO app.orders (customer, net) SELECT i % 100 + 1, i FROM generate_series(1, 5000) i;
            INSERT INTO app.events SELECT date '2025-06-01' + i, 'e' FROM generate_series(1, 400) i;
            INSERT INTO app.hasty VALUES (1); SELECT setval('app.counter', 7); REFRESH MATERIALIZED VIEW app.sums;
            """;

    private static final String FOR_A_SUPERUSER_ONLY = """
            CREATE TABLE t AS SELECT 1 AS a; CREATE EXTENSION postgres_fdw;
            CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw; CREATE FOREIGN TABLE elsewhere (a int) SERVER far;
            CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'u', password 'first secret');
            CREATE USER MAPPING FOR postgres SERVER far OPTIONS (user 'u', password 'second secret');
            CREATE FUNCTION noop() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
            CREATE EVENT TRIGGER noop ON ddl_command_end EXECUTE FUNCTION noop();
            CREATE SUBSCRIPTION news CONNECTION 'host=127.0.0.1 port=1 password=third' PUBLICATION p WITH (connect = false);
            CREATE FUNCTION c_like(int) RETURNS int LANGUAGE internal AS 'int4um';
            """;

    @TempDir
    private Path folder;

    private Cli as(String role, TestDatabase database) {
        return Cli.of(database, folder).with("HOLDFAST_DB", database.url().replace("postgres@", role + "@"));
    }

    @OldestAndNewestPostgres
    void aPlainOwnerNeedsNothingElse(TestServer server) {
        server.must("postgres", "CREATE ROLE plain_owner LOGIN CREATEDB");
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy")) {
            server.must("postgres", "ALTER DATABASE " + shop.name() + " OWNER TO plain_owner");
            shop.must("SET ROLE plain_owner;" + OWNED);
            Cli cli = as("plain_owner", shop);
            assertThat(cli.run("backup").well().err()).doesNotContain("warning");
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy))
                    .isEqualTo(IndependentRows.of(shop))
                    .containsKey("app.orders");
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(shop));
            assertThat(SampleDatabase.sequences(copy)).isEqualTo(SampleDatabase.sequences(shop));
            assertThat(copy.must("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"))
                    .isEqualTo("plain_owner");
        } finally {
            server.must("postgres", "DROP ROLE plain_owner");
        }
    }

    private static List<String> findings(Ran ran) {
        return ran.json().objects("findings", each -> each.string("code") + " " + each.string("object"));
    }

    /** The only statements of the schema that differ are those of what a finding names. */
    @EachPostgres
    void whatALesserRoleCannotSeeIsNamedAndAllTheRestComesAlong(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must("CREATE ROLE reader LOGIN; GRANT pg_read_all_data TO reader;" + FOR_A_SUPERUSER_ONLY);
            List<String> whole = schema(as("postgres", shop));
            Cli reader = as("reader", shop);
            Ran told = reader.run("backup", "--json").well();
            assertThat(findings(told))
                    .contains(
                            "subscription_left_out news",
                            "user_mapping_without_options public on far",
                            "user_mapping_without_options postgres on far")
                    .noneMatch(finding -> finding.startsWith("secret_in_schema"));
            List<String> partly = schema(reader);
            assertThat(partly)
                    .containsAll(whole.stream()
                            .filter(line ->
                                    !line.matches("(CREATE|ALTER) (SUBSCRIPTION|USER MAPPING).*|-- Name: news;.*"
                                            + "|    (\"user\"|password) '.*|\\);"))
                            .toList());
            assertThat(whole).anyMatch(line -> line.startsWith("CREATE SUBSCRIPTION news"));
            assertThat(findings(as("postgres", shop).run("backup", "--json").well()))
                    .hasSize(3)
                    .allMatch(finding -> finding.startsWith("secret_in_schema"));
            shop.must("ALTER SUBSCRIPTION news SET (slot_name = NONE); DROP SUBSCRIPTION news");
        } finally {
            server.must("postgres", "DROP ROLE reader");
        }
    }

    /** The schema for people in a new backup. */
    private List<String> schema(Cli cli) {
        String id = cli.run("backup").well().lastLine();
        var repository = Repository.open(new FolderStore(folder, "test"));
        return Readback.heads(repository).stream()
                .filter(head -> head.name().id().toString().equals(id))
                .flatMap(head -> Readback.pieces(repository, head)
                        .getOrDefault("schema.sql", "")
                        .lines())
                .toList();
    }

    @EachPostgres
    void whatMayNotBeReadFailsTheBackupWithItsName(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            shop.must("CREATE ROLE limited LOGIN; CREATE TABLE t AS SELECT 1 AS a; GRANT SELECT ON t TO limited");
            Cli cli = as("limited", shop);
            cli.run("backup").well();
            Map<String, List<String>> cases = Map.of(
                    "table public.hidden (no SELECT)",
                    List.of("CREATE TABLE hidden ()", "DROP TABLE hidden"),
                    "table public.leaf (no SELECT)",
                    List.of(
                            "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE leaf PARTITION OF p DEFAULT;"
                                    + " GRANT SELECT ON p TO limited",
                            "DROP TABLE p"),
                    "table public.top (no SELECT)",
                    List.of("CREATE TABLE top (a int) PARTITION BY LIST (a)", "DROP TABLE top"),
                    "table closed.t (no USAGE on its schema)",
                    List.of(
                            "CREATE SCHEMA closed; CREATE TABLE closed.t (); GRANT SELECT ON closed.t TO limited",
                            "DROP TABLE closed.t; DROP SCHEMA closed"),
                    "sequence public.\"Se q\" (no SELECT)",
                    List.of("CREATE SEQUENCE \"Se q\"; GRANT USAGE ON \"Se q\" TO limited", "DROP SEQUENCE \"Se q\""),
                    "table public.partly (SELECT on columns only)",
                    List.of(
                            "CREATE TABLE partly (a int, b int); GRANT SELECT (a, b) ON partly TO limited",
                            "DROP TABLE partly"),
                    "table public.secured (row-level security would hide rows)",
                    List.of(
                            "CREATE TABLE secured (a int); GRANT SELECT ON secured TO limited;"
                                    + " ALTER TABLE secured ENABLE ROW LEVEL SECURITY",
                            "DROP TABLE secured"),
                    "table public.forced (row-level security would hide rows)",
                    List.of(
                            "CREATE TABLE forced (a int); ALTER TABLE forced OWNER TO limited;"
                                    + " ALTER TABLE forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
                            "DROP TABLE forced"));
            cases.forEach((name, statements) -> {
                shop.must(statements.get(0));
                Ran ran = cli.run("backup");
                Failures.assertClear(ran, 2);
                assertThat(ran.err()).contains(name);
                shop.must(statements.get(1));
            });
            cli.run("backup").well();
        } finally {
            server.must("postgres", "DROP ROLE limited");
        }
    }

    /** From 16 on a table may be locked by whoever may write it; its columns are read without asking for pages. */
    @EachPostgres
    void aTableOfWhichOnlyAllColumnsMayBeReadIsReadWhole(TestServer server) {
        try (TestDatabase shop = server.fresh();
                TestDatabase copy = server.database(shop.name() + "_copy")) {
            shop.must("CREATE ROLE narrow LOGIN; CREATE TABLE t (a int, b text, c int GENERATED ALWAYS AS (a) STORED);"
                    + " INSERT INTO t SELECT i, repeat('x', 1000) FROM generate_series(1, 6000) i;"
                    + " GRANT SELECT (a, b), DELETE ON t TO narrow");
            Ran ran = as("narrow", shop).run("backup");
            if (server.major() < 16) {
                Failures.assertClear(ran, 2);
                assertThat(ran.err()).contains("public.t (SELECT on columns only)");
                return;
            }
            ran.well();
            Cli.of(shop, folder).run("restore", "latest", "--into", copy.name()).well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));

            shop.must("ALTER TABLE t ADD d int");
            Ran refused = as("narrow", shop).run("backup");
            Failures.assertClear(refused, 2);
            assertThat(refused.err()).contains("public.t (SELECT on columns only)");
        } finally {
            server.must("postgres", "DROP ROLE narrow");
        }
    }

    @EachPostgres
    void manyThatMayNotBeReadAreCounted(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            List<String> statements = new ArrayList<>(List.of("CREATE ROLE nobody_here LOGIN"));
            for (int i = 0; i < 25; i++) {
                statements.add("CREATE TABLE t" + (10 + i) + " ()");
            }
            shop.must(String.join("; ", statements));
            Ran ran = as("nobody_here", shop).run("backup");
            Failures.assertClear(ran, 2);
            assertThat(ran.err()).contains("public.t10").contains("public.t19 (no SELECT) and 15 more");
        } finally {
            server.must("postgres", "DROP ROLE nobody_here");
        }
    }
}
