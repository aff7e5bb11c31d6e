package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Holdfast;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.engine.SmallTables;
import dev.holdfast.engine.TableHeading;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.store.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A backup records what migration tools themselves say of the database. The first lines of each history say how it was made. */
final class MigrationHistoriesTest {
    /** By history, what is to be recorded of it. */
    private static Map<String, String> recorded() {
        Map<String, String> recorded = new LinkedHashMap<>();
        text("recorded.txt").lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(" ", 2);
            recorded.put(parts[0], parts[1].replace("public.", schema(parts[0]) + "."));
        });
        return recorded;
    }

    private static String sql(String history) {
        return text(history + ".sql");
    }

    private static String text(String file) {
        try (InputStream in = MigrationHistoriesTest.class.getResourceAsStream("histories/" + file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Head backup(TestDatabase database) {
        var holdfast = Holdfast.builder(
                        new MemoryStore(InstantSource.system()),
                        new PostgresEngine(database.server().environment()))
                .build();
        var notes = new Notes(Optional.empty(), Map.of(), new JsonObject(), new JsonObject());
        var request = new BackupRequest(
                Kind.MANUAL,
                notes,
                new Holder("host", "boot", 1),
                1,
                FullRead.USUAL,
                BackupRequest.Allowances.NONE,
                true);
        return holdfast.backup(holdfast.newRun(), database.url(), request).head();
    }

    @EachPostgres
    void eachToolsHistoryIsRecordedAsTheToolItselfTellsIt(TestServer server) {
        Map<String, String> expected = recorded();
        try (TestDatabase database = server.fresh()) {
            expected.keySet().forEach(history -> load(database, history));
            Head head = backup(database);
            assertThat(migrations(head).stream().map(Json::text))
                    .containsExactlyInAnyOrderElementsOf(expected.values())
                    .hasSizeGreaterThan(20);
            assertThat(head.contents().findings()).isEmpty();
        }
    }

    /** Loads a history as its tool left it, and then makes room for the next one. */
    private static void load(TestDatabase database, String history) {
        database.must(sql(history));
        database.must("ALTER SCHEMA public RENAME TO " + schema(history) + "; CREATE SCHEMA public");
    }

    private static String schema(String history) {
        return "of_" + history.replace('-', '_');
    }

    private static List<JsonObject> migrations(Head head) {
        return head.about().notes().project().objects("migrations", Function.identity());
    }

    /** What was committed after the snapshot is not in the backup, and neither are its migrations. */
    @Test
    void theStateIsThatOfTheBackupsOwnMoment() {
        try (TestDatabase database = TestServers.newest().fresh()) {
            database.must(sql("rails"));
            List<String> versions = Captures.with(database, 1, capture -> {
                database.must("INSERT INTO schema_migrations VALUES ('20250101000000')");
                return versions(capture.tables());
            });
            assertThat(versions).containsExactly("20240101120000", "20240305090000");
        }
    }

    private static List<String> versions(SmallTables tables) {
        return tables.rows(heading(tables, "public.schema_migrations"), List.of("version"), 10).stream()
                .map(row -> row.get("version"))
                .sorted()
                .toList();
    }

    private static TableHeading heading(SmallTables tables, String label) {
        return tables.headings().stream()
                .filter(heading -> heading.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @EachPostgres
    void rowsAreGivenAsTextCutAndWithoutNulls(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE \"T\" (\"a b\" bool, n int, t timestamptz, s text, x jsonb);"
                    + " INSERT INTO \"T\" VALUES (true, 7, '2026-01-02 03:04:05+02', repeat('x', 5000), NULL),"
                    + " (NULL, NULL, NULL, '', '{}'), (NULL, NULL, NULL, NULL, NULL)");
            Captures.with(database, 1, capture -> {
                SmallTables tables = capture.tables();
                TableHeading heading = heading(tables, "public.\"T\"");
                assertThat(heading)
                        .isEqualTo(new TableHeading("public.\"T\"", "public", "T", List.of("a b", "n", "t", "s", "x")));
                assertThat(tables.rows(heading, heading.columns(), 2))
                        .containsExactly(
                                new TreeMap<>(Map.of(
                                        "a b",
                                        "t",
                                        "n",
                                        "7",
                                        "t",
                                        "2026-01-02 01:04:05+00",
                                        "s",
                                        "x".repeat(SmallTables.LONGEST_VALUE))),
                                new TreeMap<>(Map.of("s", "", "x", "{}")));
                return true;
            });
        }
    }

    @EachPostgres
    void aTableThatCannotBeReadDoesNotEndTheMoment(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(sql("rails"));
            database.must("CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 1 AS a");
            Captures.with(database, 1, capture -> {
                SmallTables tables = capture.tables();
                TableHeading heading = heading(tables, "s.t");
                database.must("ALTER SCHEMA s RENAME TO other");
                assertThatThrownBy(() -> tables.rows(heading, List.of("a"), 10))
                        .isInstanceOf(HoldfastException.class)
                        .hasMessageContaining("reading s.t");
                assertThat(versions(tables)).hasSize(2);
                return true;
            });
        }
    }

    /** A cast is a function of whoever made it; it must not be run with the rights of whoever takes the backup. */
    @EachPostgres
    void noCastOfTheDatabaseIsRun(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(
                    "CREATE TYPE trap AS ENUM ('1'); CREATE FUNCTION public.spring(trap) RETURNS text LANGUAGE plpgsql"
                            + " AS $$ BEGIN RAISE 'canary'; END $$;"
                            + " CREATE CAST (trap AS text) WITH FUNCTION public.spring(trap) AS IMPLICIT;"
                            + " CREATE TABLE schema_migrations (version trap); INSERT INTO schema_migrations VALUES ('1')");
            assertThat(backup(database)
                            .about()
                            .notes()
                            .project()
                            .objects("migrations", state -> state.string("latest")))
                    .containsExactly("1");
        }
    }
}
