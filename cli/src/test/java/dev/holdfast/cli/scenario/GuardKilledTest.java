package dev.holdfast.cli.scenario;

import static dev.holdfast.cli.scenario.GuardedShop.psql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Ran;
import dev.holdfast.guard.GuardStep;
import dev.holdfast.postgres.testing.TestServers;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guard is killed with -9 wherever it is: the next command says so and names the way back, which works; nobody stays locked out. */
@Timeout(120)
final class GuardKilledTest {
    private static final int KILLED = 128 + 9;
    private static final Set<GuardStep> WHEN_ALL_IS_WELL = Set.of(GuardStep.HEALTH, GuardStep.BACKUP_AFTER);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VERIFY") // comes only after 30 days
    void theNextCommandNamesItAndTheWayBack(GuardStep step) {
        try (var shop = new GuardedShop(TestServers.newest(), folder)) {
            boolean isWell = WHEN_ALL_IS_WELL.contains(step);
            String script = psql("DELETE FROM customers WHERE id < 51") + (isWell ? "" : "; exit 1");
            Ran killed = shop.startAt(
                            "guard/" + step.name() + ":kill",
                            script,
                            "--on-failure",
                            "rollback",
                            "--before",
                            "true",
                            "--after",
                            "true",
                            "--health",
                            "true",
                            "--after-backup")
                    .await();
            assertThat(killed.exit()).as(killed.err()).isEqualTo(KILLED);
            boolean isChanged = isAfter(step, GuardStep.COMMAND) && (isWell || !isAfter(step, GuardStep.TAKE_BACK));
            assertThat(shop.isAsBefore()).isEqualTo(!isChanged);

            boolean isNamed = isAfter(step, GuardStep.NOTE) && step != GuardStep.DONE;
            Ran next = shop.cli().run("journal");
            assertThat(next.err().contains("was killed")).as(next.err()).isEqualTo(isNamed);
            if (isNamed) {
                assertThat(shop.lastOfJournal()).isEqualTo("killed");
                String backup = next.err().replaceAll("(?s).*holdfast rollback (\\S+) takes it back.*", "$1");
                shop.cli().run("rollback", backup, "--yes").well();
                assertThat(shop.cli().run("list").well().err()).doesNotContain("was killed");
            }
            assertThat(shop.isAsBefore()).isTrue();
            shop.assertEnded(shop.guard("exit 0"), 0, "pass", false);
            shop.cli().run("verify").well();
        }
    }

    private static boolean isAfter(GuardStep step, GuardStep other) {
        return step.compareTo(other) > 0;
    }
}
