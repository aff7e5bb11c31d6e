package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While tables are changed in every way, each backup that succeeds is one committed state of the database, whole. */
final class DdlStormTest {
    private static final int BACKUPS = 10;
    private static final int GOOD_ONES = 4;
    private static final int MOST_BACKUPS = 60;

    @TempDir
    private Path folder;

    @Test
    void everyBackupTakenInAStormIsOneCommittedState() {
        Seeds.of("DDL storm").rounds(1, this::storm);
    }

    private void storm(Random random) throws Exception {
        try (TestDatabase bank = TestServers.newest().fresh()) {
            bank.must(DdlStorm.SETUP);
            Cli cli = Cli.of(bank, Files.createTempDirectory(folder, "repository"));
            List<String> ids = new ArrayList<>();
            List<String> refused = new ArrayList<>();
            try (var storm = new DdlStorm(bank, random)) {
                for (int i = 0; i < MOST_BACKUPS && (i < BACKUPS || ids.size() < GOOD_ONES || missing(storm)); i++) {
                    storm.watch(true);
                    Ran ran = cli.run("backup");
                    storm.watch(false);
                    if (ran.exit() == 0) {
                        ids.add(ran.lastLine());
                    } else {
                        Failures.assertClear(ran, 2);
                        refused.add(ran.err().lines().findFirst().orElse(""));
                    }
                }
                Map<String, String> states = storm.end();
                Seeds.print(
                        "DDL storm: " + ids.size() + " backups, refused " + refused + ", meanwhile " + storm.watched());
                assertThat(storm.watched().keySet()).contains(DdlStorm.Kind.values());
                assertThat(ids).hasSizeGreaterThanOrEqualTo(GOOD_ONES);
                for (String id : ids) {
                    assertCommitted(cli, id, bank, states);
                }
            }
        }
    }

    private static boolean missing(DdlStorm storm) {
        return storm.watched().size() < DdlStorm.Kind.values().length;
    }

    private static void assertCommitted(Cli cli, String id, TestDatabase bank, Map<String, String> states) {
        try (TestDatabase copy = bank.server().database(bank.name() + "_copy")) {
            cli.run("restore", id, "--into", copy.name()).well();
            String state = copy.must(DdlStorm.STATE);
            assertThat(state).isEqualTo(states.get(state.substring(0, state.indexOf('|'))));
            assertThat(state).contains("|total ");
        }
    }
}
