package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Holdfast;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.drill.DrillRequest;
import dev.holdfast.drill.DrillStep;
import dev.holdfast.drill.Expectations;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.ForgedBackup;
import dev.holdfast.repository.Holder;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Step;
import dev.holdfast.run.Verdict;
import dev.holdfast.store.MemoryStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is wrong with a database that came back is found by the check whose job it is, and by no other; what is wrong is done between the
 * restore and the look at it. The sandbox is another server of the same major.
 */
@Timeout(120)
final class DrillFindsTest {
    private static final String RECORDED = "SELECT sum(v) FROM shop.stock";
    private static final String WRITING = "SELECT E'\\''; COMMIT; BEGIN READ WRITE; DELETE FROM shop.twin; COMMIT";

    private static final MemoryStore STORE = new MemoryStore(InstantSource.system());
    private static TestServer sandbox;
    private static TestDatabase shop;
    private static BackupName backup;

    @BeforeAll
    static void takeABackup() {
        sandbox = TestServers.another(TestServers.newest().major(), Map.of());
        shop = TestServers.newest().fresh();
        shop.must("""
                CREATE ROLE clerk_of_drill NOLOGIN; CREATE SCHEMA shop;
                CREATE TABLE shop.stock (id int PRIMARY KEY, v int CHECK (v >= 0));
                INSERT INTO shop.stock SELECT i, i FROM generate_series(1, 1000) i;
                CREATE TABLE shop.twin (id int PRIMARY KEY, v int);
                INSERT INTO shop.twin SELECT i, i + 1 FROM generate_series(1, 1000) i;
                CREATE TABLE shop.child (id serial PRIMARY KEY, stock int REFERENCES shop.stock);
                INSERT INTO shop.child (stock) SELECT i FROM generate_series(1, 50) i;
                CREATE TABLE shop.other (stock int);
                ALTER TABLE shop.other ADD CONSTRAINT child_stock_fkey FOREIGN KEY (stock) REFERENCES shop.stock NOT VALID;
                ALTER TABLE shop.other ADD CONSTRAINT odd CHECK (stock::text <> 'a;b') NOT VALID;
                CREATE INDEX stock_v ON shop.stock (v);
                CREATE FUNCTION shop.least_v() RETURNS int LANGUAGE sql AS 'SELECT min(v) FROM shop.stock';
                CREATE MATERIALIZED VIEW shop.summary AS SELECT count(*) AS n FROM shop.stock;
                GRANT SELECT ON shop.stock TO clerk_of_drill;
                CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version text, description text,
                  type text, script text, checksum int, installed_by text, installed_on timestamp DEFAULT now(),
                  execution_time int, success boolean);
                INSERT INTO flyway_schema_history VALUES (1, '1', 'a', 'SQL', 'V1', 1, 'me', now(), 1, true),
                  (2, '2', 'b', 'SQL', 'V2', 1, 'me', now(), 1, true);
                SELECT lo_from_bytea(70001, 'abc');
                CREATE FUNCTION shop.backward(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $2 - $1';
                """);
        backup = take(List.of(RECORDED));
    }

    private static BackupName take(List<String> questions) {
        var notes = new Notes(Optional.empty(), Map.of(), new JsonObject(), new JsonObject());
        var request = new BackupRequest(
                        Kind.MANUAL,
                        notes,
                        new Holder("host", "boot", 1),
                        2,
                        FullRead.USUAL,
                        BackupRequest.Allowances.NONE,
                        true)
                .asking(questions);
        Holdfast holdfast = Holdfast.builder(
                        STORE, new PostgresEngine(shop.server().environment()))
                .build();
        return holdfast.backup(holdfast.newRun(), shop.url(), request).head().name();
    }

    @AfterEach
    void nothingIsLeftOnTheGivenServer() {
        assertThat(sandbox.databases()).noneMatch(name -> name.startsWith("holdfast"));
        assertThat(sandbox.must("postgres", "SELECT rolname FROM pg_roles WHERE rolname ~ 'drill'"))
                .isBlank();
    }

    @AfterAll
    static void removeAll() {
        shop.close();
        TestServers.newest().must("postgres", "DROP ROLE clerk_of_drill");
        sandbox.close();
    }

    /** Drills, and runs SQL in what was restored before it is looked at. */
    private static DrillReport drill(BackupName name, String damage, Expectations expectations) {
        Consumer<Step> atStep = step -> {
            if (step == DrillStep.COMPARE && !damage.isEmpty()) {
                sandbox.must(restored(), damage);
            }
        };
        Holdfast holdfast = Holdfast.builder(
                        STORE, new PostgresEngine(shop.server().environment()))
                .listener(new RunListener() {
                    @Override
                    public void step(Step step) {
                        atStep.accept(step);
                    }
                })
                .build();
        var where = new DrillRequest.Where(sandbox.url("postgres"), Optional.of(shop.url()), false);
        var request = new DrillRequest(name, where, expectations, 2, new JsonObject(), new Holder("host", "boot", 1));
        return holdfast.drill(holdfast.newRun(), request);
    }

    private static String restored() {
        return sandbox.databases().stream()
                .filter(name -> name.startsWith("holdfast_drill_"))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> failed(DrillReport report) {
        return report.checks().stream()
                .filter(check -> check.verdict() == Verdict.FAIL)
                .map(DrillCheck::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatIsAsItWasPassesWithNoCheckUndone() {
        DrillReport report = drill(backup, "", Expectations.NONE);
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.PASS);
        assertThat(report.checks())
                .extracting(DrillCheck::name)
                .containsExactly(
                        "restore",
                        "rows",
                        "schema",
                        "migrations",
                        "record",
                        "indexes",
                        "constraints",
                        "sequences",
                        "views",
                        "amcheck");
    }

    @ParameterizedTest(name = "{1} by {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rows | DELETE FROM shop.twin WHERE id = 500",
                "rows | UPDATE shop.twin SET v = 7 WHERE id = 500",
                "rows record | BEGIN; CREATE TEMP TABLE s AS TABLE shop.stock; CREATE TEMP TABLE t AS TABLE shop.twin; SET session_replication_role = replica; DELETE FROM shop.stock; DELETE FROM shop.twin; INSERT INTO shop.stock TABLE t; INSERT INTO shop.twin TABLE s; COMMIT",
                "rows | SELECT lo_put(70001, 0, 'x')",
                "rows record | UPDATE shop.stock SET v = 0 WHERE id = 9",
                "sequences | ALTER SEQUENCE shop.child_id_seq RESTART WITH 3",
                "schema | DROP INDEX shop.stock_v",
                "indexes schema | UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'shop.stock_v'::regclass",
                "constraints schema | ALTER TABLE shop.child DROP CONSTRAINT child_stock_fkey, ADD CONSTRAINT child_stock_fkey FOREIGN KEY (stock) REFERENCES shop.stock NOT VALID",
                "migrations rows | DELETE FROM flyway_schema_history WHERE version = '2'",
                "views | REFRESH MATERIALIZED VIEW shop.summary WITH NO DATA",
                "schema | REVOKE SELECT ON shop.stock FROM clerk_of_drill",
                "schema | CREATE OR REPLACE FUNCTION shop.least_v() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "rows schema | DROP TABLE shop.twin",
                "schema | CREATE TABLE shop.more (i int)",
                "amcheck schema | CREATE OPERATOR CLASS shop.odd FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 shop.backward(int, int); CREATE INDEX odd ON shop.stock (v shop.odd); CREATE OR REPLACE FUNCTION shop.backward(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2'",
            })
    void whatIsWrongIsFoundByTheCheckWhoseJobItIs(String checks, String damage) {
        DrillReport report = drill(backup, damage, Expectations.NONE);
        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(failed(report)).as(report.checks().toString()).containsExactlyInAnyOrder(checks.split(" ", -1));
        assertThat(report.count(Verdict.UNDETERMINED)).isZero();
    }

    /** Such a database is not dropped just so. */
    @Test
    void aTemplateIsDrilledAndLeavesNothing() {
        shop.alter("IS_TEMPLATE true");
        BackupName template = take(List.of());
        shop.alter("IS_TEMPLATE false");
        assertThat(drill(template, "", Expectations.NONE).verdict()).isEqualTo(Verdict.PASS);
        assertThat(sandbox.must("postgres", "SELECT count(*) FROM pg_database WHERE datname ~ 'holdfast'"))
                .isEqualTo("0");
    }

    @Test
    void aQuestionThatWritesWritesNothingAndIsNotAnswered() {
        BackupName asked = take(List.of(WRITING, "SELECT nextval('shop.child_id_seq')"));
        assertThat(shop.must("SELECT count(*) FROM shop.twin")).isEqualTo("1000");
        DrillReport report = drill(asked, "", Expectations.NONE);
        assertThat(report.verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(report.count(Verdict.UNDETERMINED)).isEqualTo(2);
    }

    @Test
    void whatPeopleExpectIsFailedByName() {
        var expectations = new Expectations(
                List.of(
                        Expectations.Question.yes("SELECT count(*) = 1000 FROM shop.stock"),
                        new Expectations.Question("SELECT count(*) FROM shop.stock", "1001"),
                        Expectations.Question.yes("DELETE FROM shop.stock RETURNING true"),
                        Expectations.Question.yes("SELECT no such thing"),
                        Expectations.Question.yes("SELECT 1; COMMIT; DROP TABLE shop.stock")),
                List.of("shop.stock", "shop.nowhere"),
                Map.of("shop.stock", 1000L, "shop.child", 51L));
        DrillReport report = drill(backup, "", expectations);
        assertThat(report.checks().stream()
                        .filter(check -> check.verdict() == Verdict.FAIL)
                        .map(check -> check.name() + " " + check.what() + " -> "
                                + check.expected().orElse("") + " / " + check.found()))
                .hasSize(6)
                .anyMatch(line -> line.startsWith("question SELECT 1; COMMIT")
                        && line.contains("EXECUTE of transaction commands"))
                .anyMatch(line -> line.startsWith("required shop.nowhere is there"))
                .contains("minimum shop.child has at least 51 rows -> at least 51 / 50")
                .contains("question SELECT count(*) FROM shop.stock -> 1001 / 1000")
                .anyMatch(line -> line.startsWith("question DELETE"))
                .anyMatch(line -> line.startsWith("question SELECT no such"));
    }

    @Test
    void aBackupWhosePacksWereExchangedUnderMatchingNamesFails() {
        var forge = new ForgedBackup(Repository.open(STORE));
        shop.must("DELETE FROM shop.twin WHERE id = 1");
        BackupName missing = forge.of(backup, take(List.of()), name -> name);
        shop.must("INSERT INTO shop.twin VALUES (1, 99)");
        BackupName changed = forge.of(backup, take(List.of()), name -> name);
        shop.must("UPDATE shop.twin SET v = 2 WHERE id = 1");
        BackupName exchanged = forge.of(
                backup,
                backup,
                name -> name.equals("shop.stock") ? "shop.twin" : name.equals("shop.twin") ? "shop.stock" : name);
        for (BackupName forged : List.of(missing, changed, exchanged)) {
            DrillReport report = drill(forged, "", Expectations.NONE);
            assertThat(failed(report)).as(report.checks().toString()).contains("rows");
        }
    }

    @Test
    void aServerThatIsTheSourceIsNoSandbox() {
        Holdfast holdfast = Holdfast.builder(
                        STORE, new PostgresEngine(shop.server().environment()))
                .build();
        for (Optional<String> source : List.of(Optional.of(shop.url()), Optional.<String>empty())) {
            var where = new DrillRequest.Where(shop.server().url("postgres"), source, false);
            var request = new DrillRequest(
                    backup, where, Expectations.NONE, 2, new JsonObject(), new Holder("host", "boot", 1));
            DrillReport report = holdfast.drill(holdfast.newRun(), request);
            assertThat(report.verdict()).isEqualTo(Verdict.UNDETERMINED);
            assertThat(report.checks())
                    .singleElement()
                    .satisfies(check ->
                            assertThat(check.found()).contains("the sandbox is the server that was backed up"));
        }
        assertThat(shop.server().databases()).noneMatch(name -> name.startsWith("holdfast"));
    }

    /** Somebody names another server as the source, which is no proof about the one that was backed up. */
    @Test
    void aSourceThatIsNotTheBackupsProvesNothing() {
        Holdfast holdfast = Holdfast.builder(
                        STORE, new PostgresEngine(shop.server().environment()))
                .build();
        var where = new DrillRequest.Where(shop.server().url("postgres"), Optional.of(sandbox.url("postgres")), false);
        var request =
                new DrillRequest(backup, where, Expectations.NONE, 2, new JsonObject(), new Holder("host", "boot", 1));
        DrillReport report = holdfast.drill(holdfast.newRun(), request);
        assertThat(report.checks())
                .singleElement()
                .satisfies(check -> assertThat(check.found()).contains("the sandbox is the server that was backed up"));
        assertThat(report.verdict()).isEqualTo(Verdict.UNDETERMINED);
    }
}
