package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two databases go by one name in one repository: nobody gets the other's rows. */
final class TwoDatabasesOfOneNameTest {
    @TempDir
    private Path folder;

    @Test
    void theLatestBackupOfADatabaseIsNeverAnotherDatabases() {
        try (TestDatabase copy = TestServers.newest().database("shop_copy")) {
            String other;
            try (TestDatabase first = TestServers.newest().create("shop")) {
                first.must("CREATE TABLE t AS SELECT 1 AS first");
                Cli.of(first, folder).run("backup").well();
            }
            try (TestDatabase second = TestServers.newest().create("shop")) {
                second.must("CREATE TABLE t AS SELECT 2 AS second");
                Cli cli = Cli.of(second, folder);
                Ran ran = cli.run("backup", "--json").well();
                other = ran.json().string("source");
                assertThat(other).startsWith("shop-");

                Ran refused = cli.run("restore", "latest", "--into", copy.name());
                Failures.assertClear(refused, 2);
                assertThat(refused.err()).contains("shop/").contains(other + "/");
                assertThat(copy.exists()).isFalse();

                cli.run("restore", other + "/latest", "--into", copy.name()).well();
                assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(second));
            }
        }
    }
}
