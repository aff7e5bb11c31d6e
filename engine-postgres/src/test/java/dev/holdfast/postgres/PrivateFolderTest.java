package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a killed process left is removed, and nothing else is. */
final class PrivateFolderTest {
    private final String kind = "test" + Long.toString(System.nanoTime(), 26).replaceAll("[0-9]", "z");
    private final PrivateFolder first = new PrivateFolder(kind);
    private final Path temporary = first.path().resolveSibling("");

    @AfterEach
    void remove() {
        first.close();
        Programs.run(List.of("sh", "-c", "rm -rf \"$1\"/holdfast-" + kind + "-*", "sh", temporary.toString()));
    }

    private static long pidOfADeadProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private Path folder(String name) throws IOException {
        Path made = Files.createDirectory(temporary.resolve(name));
        Files.writeString(made.resolve("pgpass"), "*:*:*:*:secret");
        return made;
    }

    private Path ofADeadProcess() throws IOException, InterruptedException {
        return folder(PrivateFolder.beginning(kind, pidOfADeadProcess()) + "1");
    }

    @Test
    void theFolderOfADeadProcessIsRemovedWithAllThatIsInIt() throws Exception {
        Path left = ofADeadProcess();
        Files.createDirectories(left.resolve("a/b"));
        new PrivateFolder(kind).close();
        assertThat(left).doesNotExist();
        assertThat(first.path()).exists();
    }

    @Test
    void aPasswordThatADeadProcessLeftIsRemovedByTheNextClientEnvironment() throws Exception {
        Path left = folder(PrivateFolder.beginning("client", pidOfADeadProcess()) + "1");
        new ClientEnvironment(PgAddress.of("postgresql://u:p@h/d", Map.of()), Map.of(), true).close();
        assertThat(left).doesNotExist();
    }

    @Test
    void whatALivingProcessOrAnotherHostOrSomebodyElseMadeIsLeftAlone() throws Exception {
        long dead = pidOfADeadProcess();
        List<Path> others = List.of(
                folder(PrivateFolder.beginning(kind, ProcessHandle.current().pid()) + "1"),
                folder("holdfast-" + kind + "-" + dead + "-another.host-1"),
                folder("holdfast-" + kind + "-notes"),
                folder(PrivateFolder.beginning(kind, dead) + "mine"),
                folder(PrivateFolder.beginning(kind + "x", dead) + "1"));
        new PrivateFolder(kind).close();
        assertThat(others)
                .allSatisfy(other -> assertThat(other.resolve("pgpass")).exists());
        PrivateFolder.remove(others.get(4));
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path precious = folder("holdfast-" + kind + "-precious");
        Path link = Files.createSymbolicLink(
                temporary.resolve(PrivateFolder.beginning(kind, pidOfADeadProcess()) + "2"), precious);
        Path left = ofADeadProcess();
        Files.createSymbolicLink(left.resolve("link"), precious);
        new PrivateFolder(kind).close();
        assertThat(left).doesNotExist();
        assertThat(link).isSymbolicLink();
        assertThat(precious.resolve("pgpass")).exists();
    }

    @Test
    void aFolderOfAnotherUserIsLeftAlone() throws Exception {
        Path left = ofADeadProcess();
        if (Programs.run(List.of("chown", "nobody", left.toString())).exit() != 0) {
            return; // only root may give a folder away
        }
        new PrivateFolder(kind).close();
        assertThat(left.resolve("pgpass")).exists();
    }
}
