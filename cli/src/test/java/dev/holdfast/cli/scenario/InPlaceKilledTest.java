package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Child;
import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.restore.InPlaceStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A restore in place is killed with -9 wherever it is: every row is as before or as in the backup, nobody stays locked out, the next one works. */
@Timeout(120)
final class InPlaceKilledTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();

    @AfterEach
    void drop() {
        shop.close();
    }

    @ParameterizedTest
    @EnumSource(InPlaceStep.class)
    void everyRowIsAsBeforeOrAsInTheBackupAndTheNextRestoreWorks(InPlaceStep step) {
        shop.must("""
                CREATE TABLE t (id serial PRIMARY KEY, v text); INSERT INTO t (v) SELECT repeat('x', i) FROM generate_series(1, 500) i;
                CREATE TABLE u (a int REFERENCES t ON DELETE CASCADE); INSERT INTO u SELECT generate_series(1, 500);
                CREATE TABLE unproven (n int); INSERT INTO unproven SELECT -i FROM generate_series(1, 50) i;
                ALTER TABLE unproven ADD CONSTRAINT pos CHECK (n > 0) NOT VALID;
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER always BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION note();
                ALTER TABLE u ENABLE ALWAYS TRIGGER always;
                CREATE MATERIALIZED VIEW total AS SELECT count(*) FROM u;
                """);
        Cli cli = Cli.of(shop, folder);
        String backup = cli.run("backup").well().lastLine();
        State before = State.of(shop);
        shop.must("DELETE FROM t WHERE id > 300; UPDATE t SET v = 'damaged' WHERE id < 20; DELETE FROM unproven;"
                + " SELECT setval('t_id_seq', 5); REFRESH MATERIALIZED VIEW total");
        boolean isFar = step == InPlaceStep.SAFETY || step == InPlaceStep.LOCK;
        if (isFar) {
            shop.server().writeMuchLog();
        }
        State damaged = State.of(shop);

        Ran killed = cli.start("inplace/" + step.name() + ":kill", "restore", backup, "--yes")
                .await();
        assertThat(killed.exit()).as(killed.err()).isEqualTo(KILLED);
        awaitNobodyOfOurs();
        assertThat(State.of(shop)).isEqualTo(isAfter(step, InPlaceStep.COMMIT) ? before : damaged);
        assertThat(SchemaTexts.of(shop)).isEqualTo(before.schema);
        assertThat(cli.safetyBackups())
                .hasSize(isAfter(step, InPlaceStep.SAFETY_LOCKED) || step == InPlaceStep.LOCK ? 1 : 0);
        shop.must("SET lock_timeout = '5s'; BEGIN; LOCK t, u, unproven; ROLLBACK");

        Ran next = cli.run("restore", backup, "--yes").well();
        assertThat(next.err().contains("was killed"))
                .as(next.err())
                .isEqualTo(isAfter(step, InPlaceStep.PLAN) && step != InPlaceStep.DONE);
        assertThat(State.of(shop)).isEqualTo(before);
        cli.run("verify").well();
    }

    private static boolean isAfter(InPlaceStep step, InPlaceStep other) {
        return step.compareTo(other) > 0;
    }

    private record State(Map<String, String> rows, List<String> sequences, List<String> schema) {
        static State of(TestDatabase database) {
            return new State(
                    IndependentRows.of(database), IndependentRows.sequences(database), SchemaTexts.of(database));
        }
    }

    private void await(String condition) {
        while (!shop.must("SELECT " + condition).equals("t")) {
            Thread.onSpinWait();
        }
    }

    /** The server notices only after a while that its client has gone. */
    private void awaitNobodyOfOurs() {
        await("count(*) = 0 FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'psql'");
    }

    @Test
    void aServerThatIsBusyForItNoticesThatItIsGoneAndLetsTheWritersOn() {
        shop.must("""
                CREATE TABLE t AS SELECT 1 AS a;
                CREATE TABLE slowly (seconds int); INSERT INTO slowly VALUES (0);
                CREATE FUNCTION slow() RETURNS text LANGUAGE plpgsql AS 'BEGIN RETURN pg_sleep(seconds)::text FROM public.slowly; END';
                CREATE MATERIALIZED VIEW late AS SELECT a, slow() FROM t;
                UPDATE slowly SET seconds = 1000;
                """);
        Cli cli = Cli.of(shop, folder);
        cli.run("backup").well();
        shop.must("DELETE FROM t");
        Child child = cli.start("", "restore", "latest", "--yes");
        await("count(*) = 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'REFRESH%'"
                + " AND state = 'active'");
        child.signal("KILL");
        assertThat(child.await().exit()).isEqualTo(KILLED);
        awaitNobodyOfOurs();
        assertThat(shop.must("SET lock_timeout = '5s'; INSERT INTO t VALUES (2); SELECT a FROM t"))
                .isEqualTo("2");
    }
}
