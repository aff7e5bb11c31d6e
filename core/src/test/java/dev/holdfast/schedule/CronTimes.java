package dev.holdfast.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** When a cron time comes, found by asking of each day and minute: what translations of it are compared with. */
final class CronTimes {
    private CronTimes() {}

    /** The first so many times after a moment. */
    static List<LocalDateTime> after(LocalDateTime begin, Cron cron, int many) {
        List<LocalDateTime> times = new ArrayList<>();
        for (LocalDate day = begin.toLocalDate(); times.size() < many; day = day.plusDays(1)) {
            if (!comesOn(day, cron)) {
                continue;
            }
            for (int hour : cron.hours()) {
                for (int minute : cron.minutes()) {
                    LocalDateTime time = day.atTime(hour, minute);
                    if (time.isAfter(begin) && times.size() < many) {
                        times.add(time);
                    }
                }
            }
        }
        return times;
    }

    static boolean comesOn(LocalDate day, Cron cron) {
        boolean isDay = cron.days().contains(day.getDayOfMonth());
        boolean isWeekday = cron.weekdays().contains(day.getDayOfWeek().getValue() % DayOfWeek.SUNDAY.getValue());
        boolean isEither = cron.days().size() < 31 && cron.weekdays().size() < 7;
        return cron.months().contains(day.getMonthValue()) && (isEither ? isDay || isWeekday : isDay && isWeekday);
    }
}
