package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A small shop whose commands are guarded, with the program as a process of its own. */
final class GuardedShop implements AutoCloseable {
    static final String SHOP = """
            CREATE TABLE customers (id int PRIMARY KEY, name text);
            CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers ON DELETE CASCADE, total numeric);
            INSERT INTO customers SELECT i, 'customer ' || i FROM generate_series(1, 100) i;
            INSERT INTO orders SELECT i, 1 + i % 100, i FROM generate_series(1, 1000) i;
            """;

    final TestDatabase database;
    final Path work;
    private final Cli cli;
    private final Path report;
    private Map<String, String> before = Map.of();
    private List<String> schema = List.of();

    GuardedShop(TestServer server, Path folder) {
        try {
            this.work = Files.createDirectories(folder.resolve("work"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.report = work.resolve("report.json");
        this.database = server.fresh();
        database.must(SHOP);
        this.cli = Cli.of(database, folder.resolve("backups"));
        note();
    }

    /** Takes the state of now for the one of before. */
    void note() {
        before = IndependentRows.of(database);
        schema = SchemaTexts.of(database);
    }

    Cli cli() {
        return cli;
    }

    /** A line for the shell that lets psql do something to the shop. */
    static String psql(String sql) {
        return "psql -XqAt -v ON_ERROR_STOP=1 \"$HOLDFAST_DB\" -c \"" + sql + "\"";
    }

    /** Guards what a shell does, to its end. */
    Ran guard(String script, String... options) {
        return start(script, options).await();
    }

    Child start(String script, String... options) {
        return startAt("", script, options);
    }

    /** The same with something that happens at a step of the guard. */
    Child startAt(String at, String script, String... options) {
        List<String> arguments = new ArrayList<>(List.of("guard", "--report", report.toString()));
        arguments.addAll(Arrays.asList(options));
        arguments.addAll(List.of("--", "sh", "-c", script));
        return cli.start(at, arguments.toArray(String[]::new));
    }

    JsonObject report() {
        try {
            return Json.object(Files.readAllBytes(report));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops what an exchange has kept. */
    void dropKept() {
        database.server()
                .must(
                        "postgres",
                        "SELECT format('DROP DATABASE %I', datname) FROM pg_database WHERE datname LIKE '"
                                + database.name() + "\\_before\\_%' \\gexec\n");
    }

    boolean isAsBefore() {
        return IndependentRows.of(database).equals(before)
                && SchemaTexts.of(database).equals(schema);
    }

    /** The newest guard of the journal, as one word and the verdict. */
    String lastOfJournal() {
        List<JsonObject> runs =
                cli.run("journal", "--kind", "guard", "--json").well().json().objects("runs", run -> run);
        return runs.isEmpty() ? "" : runs.get(runs.size() - 1).string("ending");
    }

    /** It is told with that code everywhere: to the caller, in the report, in the journal. */
    void assertEnded(Ran ran, int exit, String verdict, boolean takenBack) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
        JsonObject told = report();
        assertThat(told.count("exit")).as(ran.err()).isEqualTo(exit);
        assertThat(told.string("verdict")).as(ran.err()).isEqualTo(verdict);
        assertThat(told.flag("taken_back")).as(ran.err()).isEqualTo(takenBack);
        assertThat(lastOfJournal()).as(ran.err()).isEqualTo(verdict);
        assertThat(ran.err()).doesNotContain("Exception").doesNotContain("unforeseen");
    }

    @Override
    public void close() {
        database.close();
    }
}
