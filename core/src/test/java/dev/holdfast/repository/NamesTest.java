package dev.holdfast.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.run.RunId;
import dev.holdfast.store.BlobName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of backups and names of sources: what people type and what becomes file names. */
class NamesTest {
    private static BackupId id(String text) {
        return BackupId.parse(text).orElseThrow();
    }

    @Test
    void anIdIsItsTimeInUtcToTheSecond() {
        var id = BackupId.at(Instant.parse("2026-01-22T17:14:49.999Z"));
        assertThat(id).hasToString("20260122_171449").isEqualTo(id("20260122_171449"));
        assertThat(id.next()).hasToString("20260122_171449_2");
        assertThat(id.next().next()).isEqualTo(id("20260122_171449_3"));
    }

    @Test
    void idsAreOrderedByTimeAndThenByNumberNotByTheirText() {
        List<BackupId> ordered = Stream.of(
                        "19700101_000000",
                        "20251231_235959",
                        "20260122_171449",
                        "20260122_171449_2",
                        "20260122_171449_9",
                        "20260122_171449_10",
                        "20260122_171449_100",
                        "20260122_171450",
                        "20270101_000000")
                .map(NamesTest::id)
                .toList();
        List<BackupId> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(ordered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "latest",
                "20260122",
                "20260122_17144",
                "20260122_1714490",
                "20260122-171449",
                "20260122_171449_",
                "20260122_171449_0",
                "20260122_171449_1",
                "20260122_171449_01",
                "20260122_171449_-2",
                "20260122_171449_2_3",
                "20260122_171449_9999999",
                "20260122_171449_99999999999999999999",
                "20261322_171449",
                "20260022_171449",
                "20260230_171449",
                "20250229_171449",
                "20260122_241449",
                "20260122_176049",
                "20260122_171460",
                " 20260122_171449",
                "20260122_171449 ",
                "20260122_171449\n",
                "20260122_171449.json",
                "../20260122_171449",
                "20260122_171449\0",
                "\u0662\u0660260122_171449"
            })
    void whatIsNoIdIsNotReadAsOne(String text) {
        assertThat(BackupId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20240229_000000", "20260122_235959", "20260122_171449_2", "20260122_171449_999999"})
    void anIdComesBackFromItsText(String text) {
        assertThat(id(text)).hasToString(text);
    }

    @Test
    void anIdOfPartsThatHaveNoTextCannotBeMade() {
        Instant second = Instant.parse("2026-01-22T17:14:49Z");
        assertThatThrownBy(() -> new BackupId(second.plusNanos(1), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BackupId(second, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "shop,shop",
        "MyTable,mytable",
        "a.b,a.b",
        "my db,my-db",
        "_private,db_private",
        "-x,db-x",
        "..,db..",
        "../etc/passwd,db..-etc-passwd",
        "~,db-",
        "'',db",
        "' ',db-",
        "a;drop,a-drop",
        "100%,100-"
    })
    void aSourceIsCalledAsItsDatabase(String database, String source) {
        assertThat(SourceName.from(database)).hasToString(source);
    }

    static Stream<String> hostileDatabaseNames() {
        return Stream.of(
                "\0",
                "\n",
                "a\nb",
                "\u202egnp",
                "\ud83d\ude00",
                "\ud83d",
                "\"quoted\"",
                "it's",
                "\\",
                "\u0130stanbul",
                "\u00c4\u00d6\u00dc",
                ".",
                ". .",
                "CON",
                "x".repeat(4096),
                "\ud83d\ude00".repeat(1000));
    }

    @ParameterizedTest
    @MethodSource("hostileDatabaseNames")
    void everyDatabaseNameGivesASourceNameThatIsAFolderName(String database) {
        SourceName name = SourceName.from(database);
        assertThat(SourceName.isValid(name.value())).isTrue();
        assertThat(SourceName.isValid(name.with("0123").value())).isTrue();
        assertThat(new BlobName("backups/" + name).lastPart()).isEqualTo(name.value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "-a",
                "_a",
                "A",
                "a b",
                "a/b",
                "../a",
                "a\n",
                "\u00e4",
                "a\0",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void whatIsNoSourceNameIsRefused(String text) {
        assertThat(SourceName.isValid(text)).isFalse();
        assertThatThrownBy(() -> new SourceName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123",
                "0123456789ABCDEF0123456789ABCDEF",
                "../3456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0",
                "0123456789abcdef0123456789abcde\n"
            })
    void whatIsNoRunIdIsRefused(String text) {
        assertThatThrownBy(() -> new RunId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void backupsAreOrderedBySourceAndThenById() {
        var a = new BackupName(new SourceName("a"), id("20270101_000000"));
        var b = new BackupName(new SourceName("b"), id("20260101_000000"));
        assertThat(a).isLessThan(b).hasToString("a/20270101_000000");
    }
}
