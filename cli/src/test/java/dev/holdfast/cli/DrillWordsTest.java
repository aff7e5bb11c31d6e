package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.drill.DrillReport;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a drill showed, at a terminal of 80 columns. */
final class DrillWordsTest {
    @Test
    void claimsStandInAColumnAndLongFindingsBelowThem() {
        assertThat(DrillWords.lines(MadeUpDrills.passed(), false))
                .containsExactly("""
                sandbox  PostgreSQL 17 of /usr/lib/postgresql/17/bin
                         shown: the sandbox is not the source, since a lock that is taken here is not seen there
                         made: role shop_owner, as a placeholder that nobody can be
                passed   restore      the backup is restored without an error
                                      44890 rows in 3 tables
                passed   rows         every table has the rows that were backed up
                                      44890 rows in 3 tables, each read again: counts and
                                      digests are those of the backup
                passed   schema       the schema is the one that was backed up
                                      dumped again, and equal
                passed   indexes      every index can be used
                passed   constraints  every constraint that was valid is valid
                passed   sequences    every sequence stands where it stood, or further
                passed   views        every materialized view that held rows holds some
                passed   question     SELECT count(*) > 0 FROM customer: t
                8 checks: 8 passed, 0 failed, 0 undone; in 3.9 s, restored in 1.4 s
                drill of shop/20261121_221747: passed""".lines().toArray(String[]::new));
    }

    @Test
    void whoAsksForMoreGetsTheTimeOfEachCheckAndEverythingThatWasPrepared() {
        assertThat(DrillWords.lines(MadeUpDrills.failed(), false))
                .filteredOn(line -> line.contains("made: role"))
                .hasSize(3);
        assertThat(DrillWords.lines(MadeUpDrills.failed(), false))
                .contains("         and 37 more of that kind (-v names them)");
        assertThat(DrillWords.lines(MadeUpDrills.failed(), true))
                .contains("FAILED       598 ms  rows         every table has the rows that were backed up")
                .contains("FAILED    1 min 5 s  question     SELECT count(*) FROM purchase WHERE bought >")
                .contains("                                  expected 14250, found 7125")
                .filteredOn(line -> line.contains("made: role"))
                .hasSize(40);
    }

    @Test
    void namesOfChecksWidenTheirColumnAndVeryLongOnesGetALineOfTheirOwn() {
        String word = "a".repeat(40);
        var report = new DrillReport(
                MadeUpDrills.passed().subject(),
                MadeUpDrills.AT,
                Optional.empty(),
                List.of(),
                List.of(
                        MadeUpDrills.check("schema", "it is so", Verdict.PASS, "", 1),
                        MadeUpDrills.check("required_tables", "it is so", Verdict.PASS, "", 1),
                        MadeUpDrills.check(word, "it is so", Verdict.FAIL, "it is not", 1)),
                Optional.empty(),
                Duration.ofSeconds(1));
        assertThat(DrillWords.lines(report, false))
                .startsWith(
                        "passed   schema           it is so",
                        "passed   required_tables  it is so",
                        "FAILED   " + word,
                        "                          it is so: it is not");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("dev.holdfast.cli.MadeUpDrills#hostileTexts")
    void nothingMovesTheTerminalAndNobodyIsBuried(String text) {
        List<String> lines = DrillWords.lines(MadeUpDrills.of(text), false);
        assertThat(lines)
                .noneMatch(line -> line.codePoints().anyMatch(point -> Character.getType(point) == Character.CONTROL))
                .noneMatch(line -> line.matches(".*[\\u202A-\\u202E\\u2066-\\u2069].*"))
                .hasSizeLessThan(70);
        assertThat(lines.get(lines.size() - 1)).endsWith(": FAILED");
    }
}
