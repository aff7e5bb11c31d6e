package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever verifies has no right to read a part of the repository: of that nothing is known, and all the rest is judged. */
final class MayNotBeReadTest {
    @TempDir
    private Path folder;

    private final TestDatabase shop = TestServers.newest().fresh();
    private final Cli cli = Cli.of(shop, Path.of("unused"));
    private String first = "";
    private String second = "";
    private Path packOfTheSecond = Path.of("");

    @BeforeEach
    void backUpTwice() throws IOException {
        shop.must("CREATE TABLE t AS SELECT 1 AS a");
        first = cli().run("backup").well().lastLine();
        do { // what the first one needs must not stand in the same folder by chance
            Set<Path> before = packs();
            shop.must("CREATE TABLE u" + before.size() + " AS SELECT 2 AS b");
            second = cli().run("backup").well().lastLine();
            Set<Path> added = packs();
            added.removeAll(before);
            packOfTheSecond = added.iterator().next();
        } while (packs().stream().filter(this::isBesideThePack).count() > 1);
    }

    @AfterEach
    void drop() {
        shop.close();
    }

    private Cli cli() {
        return cli.with("HOLDFAST_REPOSITORY", folder.toString());
    }

    private Set<Path> packs() throws IOException {
        try (var files = Files.walk(folder.resolve("packs"))) {
            return new HashSet<>(files.filter(Files::isRegularFile).toList());
        }
    }

    private boolean isBesideThePack(Path pack) {
        return pack.startsWith(packOfTheSecond.resolveSibling(""));
    }

    private Ran verifyWithout(Path file) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
        Files.setPosixFilePermissions(file, Set.of());
        try {
            return cli().startUnprivileged("verify", "--json").await();
        } finally {
            Files.setPosixFilePermissions(file, rights);
        }
    }

    private void assertTheSecondIsNotKnown(Ran ran) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.json().objects("backups", each -> each.string("id") + " " + each.string("verdict")))
                .contains(first + " pass")
                .endsWith(second + " undetermined");
    }

    @Test
    void ofAPackNothingIsKnownAndTheOtherBackupsAreJudged() throws IOException {
        Ran ran = verifyWithout(packOfTheSecond);
        assertTheSecondIsNotKnown(ran);
        assertThat(ran.json().string("verdict")).isEqualTo("undetermined");
        cli().run("verify").well();
    }

    @Test
    void ofAFolderOfPacksNothingIsKnownAndTheOtherBackupsAreJudged() throws IOException {
        assertTheSecondIsNotKnown(verifyWithout(packOfTheSecond.resolveSibling("")));
    }

    @Test
    void aLeaseThatIsJunkIsNamedAndTheBackupsAreJudged() throws IOException {
        Path junk = Files.createDirectories(folder.resolve("leases")).resolve("junk.json");
        Files.writeString(junk, "junk");
        for (Ran ran : List.of(cli().run("verify", "--json"), verifyWithout(junk))) {
            assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
            assertThat(ran.json().objects("backups", each -> each.string("verdict")))
                    .containsOnly("pass");
            assertThat(ran.json().strings("damaged_files")).hasSize(1);
            assertThat(ran.json().strings("damaged_files").get(0)).contains("leases/junk.json");
        }
    }
}
