package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * Some hashes are other ones in each database, so that rows belong into other partitions when they come back: they do, and the table as a
 * whole is shown to be equal.
 */
final class RehashedPartitionsTest {
    /** Partitioned by hashes of an enum, of an array of them, of a row with one, of an oid, and of text that ICU orders. */
    private static final String TABLES = """
            CREATE TYPE color AS ENUM ('red', 'green', 'blue', 'cyan', 'pink', 'gold', 'gray', 'teal');
            CREATE TYPE shade AS (c color, depth int);
            CREATE COLLATION ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
            CREATE TABLE by_enum (id int, c color, PRIMARY KEY (id, c)) PARTITION BY HASH (c);
            CREATE TABLE by_array (id int, c color[]) PARTITION BY HASH (c);
            CREATE TABLE by_row (id int, c shade) PARTITION BY HASH (c);
            CREATE TABLE by_oid (id int, c regtype) PARTITION BY HASH (c);
            CREATE TABLE by_word (id int, c text COLLATE ignoring_case) PARTITION BY HASH (c);
            CREATE TABLE by_number (id int, c color) PARTITION BY HASH (id);
            SELECT format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS 4, REMAINDER %s)', t || '_' || r, t, r)
              FROM unnest(ARRAY['by_enum', 'by_array', 'by_row', 'by_oid', 'by_word', 'by_number']) t, generate_series(0, 3) r \\gexec
            CREATE TABLE deep (id int, c color, at date) PARTITION BY RANGE (at);
            CREATE TABLE "deep 1" PARTITION OF deep FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY HASH (c);
            CREATE TABLE deep_0 PARTITION OF "deep 1" FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE "deep.1" (at date, c color, id int);
            ALTER TABLE "deep 1" ATTACH PARTITION "deep.1" FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            """;

    private static final String ROWS = """
            INSERT INTO by_enum SELECT n, (enum_range(NULL::color))[n % 8 + 1] FROM generate_series(1, 400) n;
            INSERT INTO by_array SELECT id, ARRAY[c, c] FROM by_enum;
            INSERT INTO by_row SELECT id, (c, id % 3)::shade FROM by_enum;
            INSERT INTO by_oid SELECT id, CASE id % 2 WHEN 0 THEN 'color' ELSE 'shade' END::regtype FROM by_enum;
            INSERT INTO by_word SELECT id, c || 'X' FROM by_enum;
            INSERT INTO by_number SELECT id, c FROM by_enum;
            INSERT INTO deep SELECT id, c, date '2026-02-03' FROM by_enum;
            """;

    private static final String SUMS = """
            SELECT 'by_enum', count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM by_enum t UNION ALL
            SELECT 'by_array', count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM by_array t UNION ALL
            SELECT 'by_row', count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM by_row t UNION ALL
            SELECT 'by_oid', count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM by_oid t UNION ALL
            SELECT 'by_word', count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM by_word t UNION ALL
            SELECT 'by_number', count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM by_number t UNION ALL
            SELECT 'deep', count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM deep t
             ORDER BY 1
            """;

    @TempDir
    private Path folder;

    @EachPostgres
    void rowsComeBackThroughTheirTableAndThePartitionsAreAsTheServerWantsThem(TestServer server) {
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("rehashed")) {
            database.must(TABLES + ROWS);
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            cli.run("restore", "latest", "--into", copy.name()).well();
            assertThat(copy.must(SUMS)).isEqualTo(database.must(SUMS));
            assertThat(SchemaTexts.of(copy)).isEqualTo(SchemaTexts.of(database));
            String moved = "SELECT tableoid::regclass, id FROM by_enum ORDER BY id";
            assertThat(copy.must(moved)).isNotEqualTo(database.must(moved));
            assertThat(names(cli))
                    .contains("public.by_enum", "public.\"deep 1\"", "public.by_number_0")
                    .doesNotContain("public.by_enum_0", "public.deep_0", "public.by_number");
        }
    }

    @EachPostgres
    void whatMightBeWrittenToAnotherServerIsToldWhenBackedUpAndRefused(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("""
                    CREATE EXTENSION file_fdw; CREATE SERVER elsewhere FOREIGN DATA WRAPPER file_fdw;
                    CREATE TYPE color AS ENUM ('red', 'green');
                    CREATE TABLE t (c color) PARTITION BY HASH (c);
                    CREATE TABLE here PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                    CREATE FOREIGN TABLE away PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1)
                        SERVER elsewhere OPTIONS (filename '/dev/null');
                    """);
            Cli cli = Cli.of(database, folder);
            assertThat(cli.run("backup").well().err()).contains("public.t", "foreign table");
            Ran refused = cli.run("restore", "latest", "--into", "never_made");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("public.t", "foreign table", "detach");
            assertThat(server.databases()).doesNotContain("never_made");
        }
    }

    private static List<String> names(Cli cli) {
        return cli.run("show", "latest", "--json").well().json().objects("tables", each -> each.string("name"));
    }
}
