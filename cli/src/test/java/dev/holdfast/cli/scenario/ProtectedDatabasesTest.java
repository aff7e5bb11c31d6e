package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Launched;
import dev.holdfast.cli.Main;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Programs;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database is protected until somebody names it; who may not change that is told which right is missing. */
final class ProtectedDatabasesTest {
    private static final String SETTINGS = "SELECT s.setconfig FROM pg_db_role_setting s JOIN pg_database d"
            + " ON d.oid = s.setdatabase WHERE s.setrole = 0 AND datname = current_database()";
    private static final String ON = "{holdfast.protected=on}";

    @TempDir
    private Path folder;

    @OldestAndNewestPostgres
    void aDatabaseIsProtectedUntilSomebodyNamesIt(TestServer server) {
        try (TestDatabase shop = server.create("Shöp \"1\"; '")) {
            Path none = folder.resolve("none");
            Cli cli = Cli.of(shop, none);
            assertThat(cli.run("unprotect").well().out()).isEqualTo("database " + shop.name() + " is not protected\n");
            Ran made = cli.run("protect").well();
            assertThat(made.out()).isEqualTo("database " + shop.name() + " is protected\n");
            assertThat(made.err()).contains("--yes alone is refused");
            assertThat(shop.must(SETTINGS)).isEqualTo(ON);
            assertThat(cli.run("protect").well().out()).contains("already");

            for (String[] refused : new String[][] {{"--yes"}, {}, {"--confirm", "shop"}, {"--yes", "--confirm", ""}}) {
                Ran ran = cli.run(words("unprotect", refused));
                assertThat(ran.exit()).isEqualTo(2);
                assertThat(ran.out()).contains("remove the protection of database " + shop.name());
                assertThat(ran.err()).contains("nothing was changed").contains("hint: ");
            }
            cli.run("unprotect", "--dry-run", "--confirm", shop.name()).well();
            assertThat(shop.must(SETTINGS)).isEqualTo(ON);

            Ran removed =
                    cli.run("unprotect", "--json", "--confirm", shop.name()).well();
            assertThat(removed.json().flag("protected")).isFalse();
            assertThat(removed.json().flag("changed")).isTrue();
            assertThat(shop.must(SETTINGS)).isEmpty();
            assertThat(none).doesNotExist();
        }
    }

    private static String[] words(String verb, String... more) {
        String[] all = new String[more.length + 1];
        all[0] = verb;
        System.arraycopy(more, 0, all, 1, more.length);
        return all;
    }

    @OldestAndNewestPostgres
    void whatARoleOrASessionHasSetForItselfDoesNotCount(TestServer server) {
        try (TestDatabase shop = server.fresh()) {
            Cli cli = Cli.of(shop, folder);
            shop.alter("SET holdfast.protected = 'on'");
            shop.must("ALTER ROLE postgres IN DATABASE " + shop.name() + " SET holdfast.protected = 'off'");
            assertThat(cli.with("PGOPTIONS", "-c holdfast.protected=off")
                            .run("unprotect", "--yes")
                            .exit())
                    .isEqualTo(2);
            shop.alter("SET holdfast.protected = 'perhaps'");
            assertThat(cli.run("unprotect", "--yes").exit()).isEqualTo(2);
            shop.alter("SET holdfast.protected = 'Off'");
            assertThat(cli.run("unprotect").well().out()).contains("is not protected");
            shop.alter("SET default_transaction_read_only = on");
            assertThat(cli.run("protect").well().out()).contains("is protected");
        }
    }

    @OldestAndNewestPostgres
    void theRightThatIsMissingIsNamedAndGrantingItHelps(TestServer server) {
        server.must("postgres", "CREATE ROLE keeper LOGIN; CREATE ROLE guest LOGIN");
        try (TestDatabase shop = server.fresh()) {
            shop.alter("OWNER TO keeper");
            Cli guest = Cli.of(shop, folder).with("HOLDFAST_DB", shop.url().replace("postgres@", "guest@"));
            Ran denied = guest.run("protect");
            Failures.assertClear(denied, 2);
            assertThat(denied.err()).contains("role guest may not").contains("it does not own it, keeper does");

            Cli keeper = Cli.of(shop, folder).with("HOLDFAST_DB", shop.url().replace("postgres@", "keeper@"));
            denied = keeper.run("protect");
            Failures.assertClear(denied, 2);
            String hint = denied.err()
                    .lines()
                    .filter(line -> line.startsWith("hint: "))
                    .findFirst()
                    .orElseThrow();
            server.must("postgres", hint.substring("hint: a superuser can run: ".length()));
            if (server.major() < 15) {
                assertThat(hint).contains("ALTER DATABASE");
                assertThat(shop.must(SETTINGS)).isEqualTo(ON);
            } else {
                assertThat(hint).contains("GRANT SET ON PARAMETER");
                keeper.run("protect").well();
                assertThat(shop.must(SETTINGS)).isEqualTo(ON);
                server.must("postgres", "REVOKE SET ON PARAMETER holdfast.protected FROM keeper");
            }
            Failures.assertClear(keeper.run("unprotect", "--confirm", shop.name(), "-q"), 2);
            assertThat(shop.must(SETTINGS)).isEqualTo(ON);
        } finally {
            server.must("postgres", "DROP OWNED BY keeper; DROP ROLE keeper; DROP ROLE guest");
        }
    }

    @Test
    void whereThereIsARepositoryItsJournalTells() {
        story(shop -> {
            Cli cli = Cli.of(shop, folder);
            shop.must("CREATE TABLE t ()");
            cli.run("backup").well();
            cli.run("protect").well();
            cli.run("unprotect", "--confirm", shop.name()).well();
            cli.run("unprotect").well(); // nothing to do, nothing to tell
            assertThat(cli.run("journal", "--json")
                            .well()
                            .json()
                            .objects(
                                    "runs",
                                    run -> run.string("kind") + " " + run.string("source") + " "
                                            + run.string("ending")))
                    .containsExactly(
                            "backup " + shop.name() + " pass",
                            "protect " + shop.name() + " pass",
                            "unprotect " + shop.name() + " pass");
            cli.run("verify").well();
        });
    }

    @Test
    void onATerminalItsNameIsTyped() {
        if (!Programs.isHere("script", "a name that is typed on a terminal")) {
            return;
        }
        story(shop -> {
            Cli cli = Cli.of(shop, folder.resolve("none"));
            cli.run("protect").well();
            var program = new Launched(folder, Main.class, cli.environment());
            Ran no = program.typed("yes\n", "unprotect", "--yes");
            assertThat(no.exit()).as(no.out()).isEqualTo(2);
            assertThat(shop.must(SETTINGS)).isEqualTo(ON);
            Ran yes = program.typed(shop.name() + "\n", "unprotect").well();
            assertThat(yes.out())
                    .contains("Type the database's name to go on: ")
                    .contains("is no longer protected");
            assertThat(shop.must(SETTINGS)).isEmpty();
        });
    }

    /** A copy beside is not what was protected; and to bring it back needs no right to set the marker. */
    @OldestAndNewestPostgres
    void aCopyOfAProtectedDatabaseIsNotProtected(TestServer server) {
        server.must("postgres", "CREATE ROLE copier LOGIN CREATEDB; GRANT pg_read_all_data TO copier");
        try (TestDatabase database = server.fresh();
                TestDatabase copy = server.database("unprotected_copy")) {
            database.must("CREATE TABLE t AS SELECT 1 AS a");
            Cli cli = Cli.of(database, folder.resolve(database.name()));
            cli.run("protect").well();
            cli.run("backup").well();
            cli.with("HOLDFAST_DB", database.url().replace("postgres@", "copier@"))
                    .run("restore", "latest", "--into", copy.name(), "--no-owner")
                    .well();
            assertThat(server.must(
                            "postgres",
                            "SELECT count(*) FROM pg_db_role_setting s JOIN pg_database d"
                                    + " ON d.oid = s.setdatabase WHERE d.datname = 'unprotected_copy'"))
                    .isEqualTo("0");
        } finally {
            server.must("postgres", "DROP ROLE copier");
        }
    }

    private static void story(Consumer<TestDatabase> story) {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            story.accept(shop);
        }
    }
}
