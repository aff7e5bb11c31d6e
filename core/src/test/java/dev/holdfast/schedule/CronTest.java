package dev.holdfast.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.error.HoldfastException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write as a cron time is understood, or refused in one line. */
final class CronTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30 1 * * *|30 1 * * *",
                " 30\t1 *  * * |30 1 * * *",
                "*/20 * * * *|0,20,40 * * * *",
                "0 8-18/5 * * *|0 8,13,18 * * *",
                "0 4 * * sun|0 4 * * 0",
                "0 4 * * 7|0 4 * * 0",
                "0 4 * * 5-7|0 4 * * 0,5,6",
                "0 4 * * Mon-Fri|0 4 * * 1-5",
                "0 4 1,15 jan-mar,DEC *|0 4 1,15 1-3,12 *",
                "0 4 13 * fri|0 4 13 * 5",
                "0 4 1-31 * mon|0 4 * * *",
                "0 4 * * 0-6|0 4 * * *",
                "0 0 29 2 *|0 0 29 2 *",
                "0 0 30 2,4 *|0 0 30 2,4 *",
                "0 0 30 2 1|0 0 30 2 1",
                "0-59 0-23 */1 1-12 *|* * * * *"
            })
    void itIsUnderstood(String written, String meant) {
        assertThat(Cron.parse(written)).hasToString(meant).isEqualTo(Cron.parse(meant));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|not five fields",
                "rubbish|not five fields",
                "@daily|not five fields",
                "30 1 * *|not five fields",
                "30 1 * * * *|not five fields",
                "60 1 * * *|'60' is not a minute from 0 to 59",
                "-1 1 * * *|'-1' is not a minute",
                "0 24 * * *|'24' is not a hour from 0 to 23",
                "0 4 0 * *|'0' is not a day of the month from 1 to 31",
                "0 4 32 * *|'32' is not a day of the month from 1 to 31",
                "0 4 * 13 *|'13' is not a month from 1 to 12",
                "0 4 * * 8|'8' is not a day of the week from 0 to 7",
                "0 4 * * son|'son' is not a day of the week from 0 to 7",
                "0 4 * * fri-mon|'fri-mon' holds no day of the week",
                "*/0 4 * * *|'*/0' holds no minute",
                "5/10 4 * * *|'5/10' has a step and no range",
                "1,,2 4 * * *|'' is not a minute",
                "0 4 L * *|'L' is not a day of the month from 1 to 31",
                "0 4 ? * *|'?' is not a day of the month",
                "0 0 30 2 *|such a day never comes",
                "0 0 31 2,4,6,9,11 *|such a day never comes",
                "0 4 */2 * mon|days of the month and of the week with */ are read as 'or' by some, as 'and' by others"
            })
    void itIsRefused(String written, String why) {
        HoldfastException error = catchThrowableOfType(HoldfastException.class, () -> Cron.parse(written));
        assertThat(error).hasMessage("'" + written + "' is not a cron time: " + why);
        assertThat(error.hint().orElseThrow()).contains("30 1 * * *");
    }
}
