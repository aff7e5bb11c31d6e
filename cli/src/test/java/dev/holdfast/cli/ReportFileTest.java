package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report is written whole, or what was there stays; what cannot be written is known before anything is done. */
final class ReportFileTest {
    @TempDir
    private Path folder;

    private boolean write(ReportFile file) {
        var terminal = new Terminal(System.out, System.err, false);
        return file.write(new byte[] {'n', 'e', 'w'}, new Context(Map.of(), folder, terminal, RunListener.SILENT));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void oneThatIsThereStaysUntilTheNewOneIsWhole() throws IOException {
        Path there = Files.writeString(folder.resolve("drill.html"), "old");
        ReportFile file = ReportFile.at(folder, "--html", "drill.html");
        assertThat(there).hasContent("old");
        assertThat(names()).containsExactly("drill.html");
        assertThat(write(file)).isTrue();
        assertThat(there).hasContent("new");
        assertThat(names()).containsExactly("drill.html");
    }

    @Test
    void aFileThatIsNotThereIsNotLeftEmpty() throws IOException {
        ReportFile.at(folder, "--html", "drill.html");
        assertThat(names()).isEmpty();
    }

    @Test
    void whereALinkPointsToIsWrittenAndTheLinkStays() throws IOException {
        Files.writeString(folder.resolve("kept.html"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest.html"), Path.of("kept.html"));
        assertThat(write(ReportFile.at(folder, "--html", "latest.html"))).isTrue();
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("kept.html")).hasContent("new");
    }

    @Test
    void whatCannotBeAFileIsRefusedByItsReason() throws IOException, InterruptedException {
        assertThatThrownBy(() -> ReportFile.at(folder, "--html", "nosuch/drill.html"))
                .hasMessage(
                        "--html nosuch/drill.html cannot be written: there is no folder " + folder.resolve("nosuch"));
        assertThatThrownBy(() -> ReportFile.at(folder, "--html", "."))
                .hasMessage("--html . cannot be written: that is a folder");
        assertThatThrownBy(() -> ReportFile.at(folder, "--html", ""))
                .hasMessage("--html  cannot be written: that is a folder");
        assertThatThrownBy(() -> ReportFile.at(folder, "--html", "a\0b"))
                .hasMessageEndingWith("cannot be written: that is no name of a file");
        assertThatThrownBy(() -> ReportFile.at(folder, "--html", "a".repeat(300)))
                .hasMessageContaining("cannot be written: ");
        new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start().waitFor();
        assertThatThrownBy(() -> ReportFile.at(folder, "--html", "pipe"))
                .hasMessage("--html pipe cannot be written: that is no regular file");
        assertThat(names()).containsExactly("pipe");
    }

    @Test
    void aFolderThatIsGoneInTheEndIsSaid() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        ReportFile file = ReportFile.at(gone, "--html", "drill.html");
        Files.delete(gone);
        assertThat(write(file)).isFalse();
    }

    @Test
    void whatHoldsRowsIsForItsOwnerOnly() throws IOException {
        assertThat(write(ReportFile.ofOwnerOnly(folder, "--report", "guard.json")))
                .isTrue();
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("guard.json"))))
                .isEqualTo("rw-------");
    }
}
