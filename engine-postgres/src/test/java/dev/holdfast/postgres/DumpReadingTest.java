package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.engine.DumpContents;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.ForeignDumps;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dump of others is recognized by what stands in it, and one of which anything is missing is never taken for whole. */
@Timeout(120)
final class DumpReadingTest {
    private static final Run RUN = new Run(InstantSource.system(), RunListener.SILENT);

    @TempDir
    private Path folder;

    private static DumpContents read(TestServer server, Path file) {
        return new PostgresEngine(server.environment()).dump(file).read(RUN);
    }

    private void eachCutIsSeen(TestServer server, Path file) throws IOException {
        assertThat(read(server, file).faults()).as(file.toString()).isEmpty();
        long length = Files.size(file);
        for (int part = 1; part <= 16; part++) {
            long kept = part == 16 ? length - 1 : length * part / 16;
            Path cut = ForeignDumps.cut(file, kept);
            assertThat(faults(server, cut))
                    .as("%s cut at %d of %d", file, kept, length)
                    .isNotEmpty();
        }
    }

    /** Of one that is cut so soon that it is not even recognized, that is said. */
    private static List<String> faults(TestServer server, Path file) {
        try {
            return read(server, file).faults();
        } catch (HoldfastException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BAD_USAGE);
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    @OldestAndNewestPostgres
    void archivesThatAreCutAnywhereAreNotWhole(TestServer server) throws IOException {
        try (TestDatabase shop = server.fresh()) {
            ForeignDumps.fill(shop);
            var dumps = new ForeignDumps(shop, folder);
            eachCutIsSeen(server, dumps.make("shop.custom", "-Fc"));
            eachCutIsSeen(server, dumps.make("shop.raw", "-Fc", "-Z0"));
            eachCutIsSeen(server, dumps.make("shop.tar", "-Ft"));
            eachCutIsSeen(server, dumps.packed(folder.resolve("shop.custom"), "gzip -1", ".gz"));
            eachCutIsSeen(server, dumps.packed(folder.resolve("shop.tar"), "gzip -1", ".gz"));
        }
    }

    @OldestAndNewestPostgres
    void aDirectoryWhoseFilesAreCutOrGoneIsNotWhole(TestServer server) throws IOException {
        try (TestDatabase shop = server.fresh()) {
            ForeignDumps.fill(shop);
            var dumps = new ForeignDumps(shop, folder);
            Path packed = dumps.make("shop.packed", "-Fd");
            eachCutFileIsSeen(server, packed, false);
            eachCutFileIsSeen(server, dumps.make("shop.raw", "-Fd", "-Z0"), true);
            assertThat(read(server, packed).summary()).doesNotContain("large objects");
            assertThat(read(server, folder.resolve("shop.raw")).summary())
                    .contains("large objects are whole nobody can see");
        }
    }

    private void eachCutFileIsSeen(TestServer server, Path directory, boolean raw) throws IOException {
        assertThat(read(server, directory).faults()).isEmpty();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                long length = Files.size(file);
                if (raw && name.startsWith("blob_")) {
                    continue; // nothing in it says how long it is
                }
                for (long kept : List.of(-1L, length / 16, length / 2, length - 1)) {
                    Path cut = ForeignDumps.withoutAll(directory, name, kept);
                    assertThat(faults(server, cut))
                            .as("%s with %d of %d", file, kept, length)
                            .isNotEmpty();
                }
            }
        }
    }

    @OldestAndNewestPostgres
    void plainDumpsThatAreCutAnywhereAreNotWhole(TestServer server) throws IOException {
        try (TestDatabase shop = server.fresh()) {
            ForeignDumps.fill(shop);
            var dumps = new ForeignDumps(shop, folder);
            Path plain = dumps.make("shop.sql");
            eachCutIsSeen(server, plain);
            eachCutIsSeen(server, dumps.make("shop.inserts", "--rows-per-insert=7"));
            eachCutIsSeen(server, dumps.packed(plain, "gzip -1", ".gz"));
            eachCutIsSeen(server, dumps.packed(plain, "zstd -1", ".zst"));
            eachCutIsSeen(server, dumps.packed(plain, "bzip2", ".bz2"));
            eachCutIsSeen(server, dumps.packed(plain, "xz -1", ".xz"));
        }
    }

    @Test
    void aDumpOfAClusterThatIsCutAnywhereIsNotWhole() throws IOException {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            ForeignDumps.fill(shop);
            eachCutIsSeen(server, new ForeignDumps(shop, folder).ofCluster("all.sql"));
        }
    }

    @Test
    void rowsOfAnyKindOfDumpAreCountedAlike() {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            ForeignDumps.fill(shop);
            var dumps = new ForeignDumps(shop, folder);
            List<Path> files = List.of(
                    dumps.make("a", "-Fc"),
                    dumps.make("b", "-Ft"),
                    dumps.make("c"),
                    dumps.make("d", "--rows-per-insert=7"),
                    dumps.make("e", "--column-inserts", "--rows-per-insert=7"),
                    dumps.make("f", "--load-via-partition-root"));
            for (Path file : files) {
                assertThat(read(server, file).summary()).as(file.toString()).endsWith(", 356 in all");
            }
        }
    }

    @Test
    void whatPgDumpWritesBehindTheRowsHasToBeThere() {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            ForeignDumps.fill(shop);
            Path plain = new ForeignDumps(shop, folder).make("shop.sql");
            Path unmarked = ForeignDumps.changed(
                    plain,
                    "unmarked.sql",
                    text -> text.replaceFirst("\n--\n-- PostgreSQL database dump complete\n--\n(?![^\0]*body)", "\n"));
            assertThat(read(server, unmarked).faults()).anyMatch(fault -> fault.contains("it does not end with"));
            Path more = ForeignDumps.changed(plain, "more.sql", text -> text + "SELECT 1;\n");
            assertThat(read(server, more).faults()).anyMatch(fault -> fault.contains("it does not end with"));
            Path unended = ForeignDumps.changed(plain, "unended.sql", text -> text.replaceFirst("\n\\\\\\.\n", "\n"));
            assertThat(read(server, unended).faults()).isNotEmpty();
            Path windows = ForeignDumps.changed(plain, "windows.sql", text -> text.replace("\n", "\r\n"));
            assertThat(read(server, windows).faults()).isEmpty();
        }
    }

    @Test
    void aChangedByteInWhatIsCompressedIsSeen() throws IOException {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            ForeignDumps.fill(shop);
            var dumps = new ForeignDumps(shop, folder);
            Path plain = dumps.make("shop.sql");
            for (String program : List.of("gzip", "zstd", "bzip2", "xz")) {
                Path packed = dumps.packed(plain, program, "." + program);
                byte[] bytes = Files.readAllBytes(packed);
                bytes[bytes.length / 2] ^= 0x20;
                Files.write(packed, bytes);
                assertThat(faults(server, packed)).as(program).isNotEmpty();
            }
        }
    }

    @Test
    void whatIsNotAllOfADatabaseIsCalledSo() {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            shop.must("CREATE TABLE t(i int PRIMARY KEY); INSERT INTO t VALUES (1)");
            var dumps = new ForeignDumps(shop, folder);
            assertThat(read(server, dumps.make("a", "--data-only")).notAlone())
                    .hasValueSatisfying(why -> assertThat(why).contains("--data-only"));
            assertThat(read(server, dumps.make("b", "--data-only", "--inserts", "-Fc"))
                            .notAlone())
                    .isPresent();
            assertThat(read(server, dumps.make("c", "--section=post-data")).notAlone())
                    .isPresent();
            DumpContents schema = read(server, dumps.make("d", "--schema-only"));
            assertThat(schema.notAlone()).isEmpty();
            assertThat(schema.noRows())
                    .hasValueSatisfying(why -> assertThat(why).contains("--schema-only"));
        }
    }

    @Test
    void commandsOfPsqlThatPgDumpDoesNotWriteAreNamed() {
        TestServer server = TestServers.newest();
        try (TestDatabase shop = server.fresh()) {
            shop.must("CREATE TABLE t(i int)");
            Path plain = new ForeignDumps(shop, folder).make("shop.sql");
            for (String hostile :
                    List.of("\\! touch x", "SELECT 1 \\g |touch x", "\\connect host=evil", "  \\i /etc/passwd")) {
                Path changed = ForeignDumps.changed(
                        plain,
                        "hostile.sql",
                        text -> text.replaceFirst(
                                "SET row_security",
                                java.util.regex.Matcher.quoteReplacement(hostile) + "\nSET row_security"));
                assertThat(read(server, changed).faults())
                        .as(hostile)
                        .anyMatch(fault -> fault.contains("the command \\"));
            }
        }
    }

    @Test
    void whatIsNoDumpIsToldInOneLine() throws IOException {
        Files.writeString(folder.resolve("empty"), "");
        refused("empty", "it is empty");
        Files.writeString(folder.resolve("mysql.sql"), "-- MySQL dump 10.13  Distrib 8.0\n--\n");
        refused("mysql.sql", "it is one of MySQL");
        Files.write(folder.resolve("lite"), "SQLite format 3\0aaaa".getBytes(StandardCharsets.US_ASCII));
        refused("lite", "it is a database of SQLite");
        Files.write(folder.resolve("rubbish"), new byte[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5});
        refused("rubbish", "it does not begin as one");
        Files.writeString(
                folder.resolve("utf16.sql"), "\uFEFF--\n-- PostgreSQL database dump\n", StandardCharsets.UTF_16LE);
        refused("utf16.sql", "UTF-16");
        Files.createDirectory(folder.resolve("directory"));
        refused("directory", "a folder without a toc.dat");
        Programs.run(List.of("mkfifo", folder.resolve("fifo").toString()));
        refused("fifo", "no regular file");
        Files.writeString(folder.resolve("a.txt"), "a");
        Programs.run(List.of(
                "tar",
                "-C",
                folder.toString(),
                "-cf",
                folder.resolve("other.tar").toString(),
                "a.txt"));
        refused("other.tar", "a tar of other files");
        assertThatThrownBy(() -> DumpFile.recognize(folder.resolve("gone")))
                .hasMessageContaining("there is no such file");
    }

    private void refused(String name, String why) {
        assertThatThrownBy(() -> DumpFile.recognize(folder.resolve(name)))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_USAGE))
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
    }
}
