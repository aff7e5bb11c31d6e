package dev.holdfast.schedule;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Times that come again, as the five fields of cron say them, in whatever zone whoever keeps to them has. Where days of the month and days
 * of the week are both limited, a day that is either of them counts.
 *
 * @param weekdays Sunday is 0
 */
public record Cron(
        SortedSet<Integer> minutes,
        SortedSet<Integer> hours,
        SortedSet<Integer> days,
        SortedSet<Integer> months,
        SortedSet<Integer> weekdays) {
    private static final String HINT =
            "minute hour day month weekday: '30 1 * * *' is each day at 01:30, '0 4 * * 0' each Sunday at 04:00";
    private static final int LONGEST = 200;
    private static final List<Integer> DAYS_OF_MONTHS = List.of(31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

    public Cron {
        minutes = kept(minutes);
        hours = kept(hours);
        days = kept(days);
        months = kept(months);
        weekdays = kept(weekdays);
    }

    private static SortedSet<Integer> kept(SortedSet<Integer> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    /** Reads what a person wrote; whatever cron programs read in different ways is refused. */
    public static Cron parse(String text) {
        String[] fields = text.strip().split("[ \t]+", -1);
        if (fields.length != CronField.values().length || text.length() > LONGEST) {
            throw bad(text, "not five fields", null);
        }
        try {
            return of(
                    fields[2],
                    fields[4],
                    new Cron(
                            CronField.MINUTE.parse(fields[0]),
                            CronField.HOUR.parse(fields[1]),
                            CronField.DAY.parse(fields[2]),
                            CronField.MONTH.parse(fields[3]),
                            CronField.WEEKDAY.parse(fields[4])));
        } catch (HoldfastException e) {
            throw bad(text, String.valueOf(e.getMessage()), e);
        }
    }

    private static Cron of(String days, String weekdays, Cron read) {
        boolean isEither = !read.isAnyDay() && !read.isAnyWeekday();
        if (isEither && (days.startsWith("*") || weekdays.startsWith("*"))) {
            throw new HoldfastException(
                    ErrorCode.BAD_USAGE,
                    "days of the month and of the week with */ are read as 'or' by some, as 'and' by others");
        }
        boolean isWhole = (!days.startsWith("*") && read.isAnyDay() && !read.isAnyWeekday())
                || (!weekdays.startsWith("*") && read.isAnyWeekday() && !read.isAnyDay());
        Cron cron = isWhole ? read.eachDay() : read;
        if (cron.isAnyWeekday()
                && cron.months.stream().allMatch(month -> cron.days.first() > DAYS_OF_MONTHS.get(month - 1))) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "such a day never comes");
        }
        return cron;
    }

    private Cron eachDay() {
        return new Cron(minutes, hours, CronField.DAY.all(), months, CronField.WEEKDAY.all());
    }

    private static HoldfastException bad(String text, String why, @Nullable Throwable cause) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return new HoldfastException(ErrorCode.BAD_USAGE, "'" + shown + "' is not a cron time: " + why, cause)
                .withHint(HINT);
    }

    boolean isAnyDay() {
        return days.equals(CronField.DAY.all());
    }

    boolean isAnyMonth() {
        return months.equals(CronField.MONTH.all());
    }

    boolean isAnyWeekday() {
        return weekdays.equals(CronField.WEEKDAY.all());
    }

    /** The same without names, steps and a seventh weekday, which not every cron knows. */
    @Override
    public String toString() {
        return String.join(
                " ",
                CronField.MINUTE.text(minutes),
                CronField.HOUR.text(hours),
                CronField.DAY.text(days),
                CronField.MONTH.text(months),
                CronField.WEEKDAY.text(weekdays));
    }
}
