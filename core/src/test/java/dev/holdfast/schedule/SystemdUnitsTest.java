package dev.holdfast.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** systemd itself says that it understands the units, and when it would start them. */
final class SystemdUnitsTest {
    private static final Pattern ELAPSE =
            Pattern.compile("(?:Next elapse|Iter\\. #\\d+|Iteration #\\d+): \\w+ ([0-9-]+ [0-9:]+) UTC");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final LocalDateTime BEGIN = LocalDateTime.of(2027, 1, 31, 12, 0);
    private static final int MANY = 40;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsSystemd() {
        assumeTrue(
                Programs.isHere("systemd-analyze", "what systemd makes of its units"), "systemd-analyze is not here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30 1 * * *",
                "*/20 8-18/5 * * *",
                "0 4 * * 0",
                "0 4 * * 5-7",
                "0 4 * * mon,wed-fri",
                "59 23 28-31 * *",
                "0 0 29 2 *",
                "15 6 1,15 1-3,12 *",
                "0 4 13 * fri",
                "0 4 30 2,3 sun",
                "* * * * *"
            })
    void aTimeComesWhenCronWouldLetItCome(String text) {
        Cron cron = Cron.parse(text);
        List<LocalDateTime> times = new ArrayList<>();
        for (String expression : SystemdUnits.calendar(cron)) {
            Programs.Result said = Programs.run(List.of(
                    "env",
                    "TZ=UTC",
                    "LC_ALL=C",
                    "systemd-analyze",
                    "calendar",
                    "--iterations=" + MANY,
                    "--base-time=" + TIME.format(BEGIN),
                    expression));
            assertThat(said.exit()).as(said.errors()).isZero();
            Matcher elapse = ELAPSE.matcher(said.text());
            while (elapse.find()) {
                times.add(LocalDateTime.parse(elapse.group(1), TIME));
            }
        }
        List<LocalDateTime> first =
                times.stream().distinct().sorted().limit(MANY).toList();
        assertThat(first).hasSizeGreaterThan(MANY / 2).isEqualTo(CronTimes.after(BEGIN, cron, first.size()));
    }

    @Test
    void aProgramThatSystemdCannotStartIsRefused() {
        Nightly nightly = Nights.named(Path.of("/opt/it's/holdfast"), Nights.DAILY, Nights.SUNDAYS);
        assertThatThrownBy(() -> Scheduler.SYSTEMD.files(nightly))
                .hasMessage("systemd cannot start a program of such a name: /opt/it's/holdfast");
    }

    @Test
    void theUnitsAreUnderstoodAndStartTheProgramWithTheWordsThatWereMeant() throws IOException {
        Path program = folder.resolve("p 50% $x");
        Files.writeString(program, "#!/bin/sh\n");
        program.toFile().setExecutable(true);
        for (Nightly nightly : List.of(Nights.named(program, Nights.DAILY, Nights.SUNDAYS), Nights.byUrl(program))) {
            List<String> verify = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
            for (Scheduler.File file : Scheduler.SYSTEMD.files(nightly).files()) {
                verify.add(Files.writeString(folder.resolve(file.name()), file.text())
                        .toString());
            }
            Programs.Result verified = Programs.run(verify);
            assertThat(verified.errors() + verified.text()).doesNotContain(folder.getFileName() + "/holdfast");
            assertThat(verified.exit()).as(verified.errors()).isZero();
        }
        assertThat(Files.readString(folder.resolve("holdfast-backup-shop.service")))
                .contains("\nWorkingDirectory=/srv/a b/50%% \"it's\" $HOME \\\n")
                .contains("\nEnvironment=\"PATH=/opt/a b/50%%:/bin\"\n")
                .contains("\nEnvironmentFile=/etc/holdfast/shop.env\n")
                .contains(" \"/srv/a b/50%% \\\"it's\\\" $$HOME \\\\/r\"\n")
                .contains("/p 50%% $x\" backup --quiet --kind scheduled --config");
        assertThat(Files.readString(folder.resolve("holdfast-drill-shop.timer")))
                .contains("\nOnCalendar=Sun *-*-* 04:00:00\nPersistent=true\nRandomizedDelaySec=2min\n");
    }
}
