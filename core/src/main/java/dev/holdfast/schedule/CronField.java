package dev.holdfast.schedule;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One of the five fields of a cron time. */
enum CronField {
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY("day of the month", 1, 31, ""),
    MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
    WEEKDAY("day of the week", 0, 7, "sun mon tue wed thu fri sat");

    private static final Pattern PART = Pattern.compile("(?:\\*|(\\w{1,3})(?:-(\\w{1,3}))?)(?:/(\\d{1,3}))?");
    private static final int SUNDAY = 7;

    private final String words;
    private final int first;
    private final int last;
    private final String names;

    CronField(String words, int first, int last, String names) {
        this.words = words;
        this.first = first;
        this.last = last;
        this.names = names;
    }

    /** Every value that it can have; Sunday is 0. */
    SortedSet<Integer> all() {
        return range(first, this == WEEKDAY ? last - 1 : last, 1);
    }

    private static SortedSet<Integer> range(int from, int to, int step) {
        SortedSet<Integer> values = new TreeSet<>();
        for (int value = from; value <= to; value += step) {
            values.add(value);
        }
        return values;
    }

    SortedSet<Integer> parse(String text) {
        SortedSet<Integer> values = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            values.addAll(parsePart(part));
        }
        if (this == WEEKDAY && values.remove(SUNDAY)) {
            values.add(0);
        }
        return values;
    }

    private SortedSet<Integer> parsePart(String part) {
        Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw bad("'" + part + "' is not a " + words);
        }
        boolean isAny = matcher.group(1) == null;
        boolean isStepped = matcher.group(3) != null;
        if (isStepped && !isAny && matcher.group(2) == null) {
            throw bad("'" + part + "' has a step and no range");
        }
        int from = isAny ? first : value(matcher.group(1));
        int to = isAny ? all().last() : matcher.group(2) == null ? from : value(matcher.group(2));
        int step = isStepped ? Integer.parseInt(matcher.group(3)) : 1;
        if (from > to || step < 1) {
            throw bad("'" + part + "' holds no " + words);
        }
        return range(from, to, step);
    }

    private int value(String text) {
        int named = List.of(names.split(" ", -1)).indexOf(text.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return named + first;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < first || Integer.parseInt(text) > last) {
            throw bad("'" + text + "' is not a " + words + " from " + first + " to " + last);
        }
        return Integer.parseInt(text);
    }

    /** The same values as cron writes them. */
    String text(SortedSet<Integer> values) {
        return values.equals(all())
                ? "*"
                : Span.of(values).stream()
                        .map(span -> span.text("-", String::valueOf))
                        .collect(Collectors.joining(","));
    }

    private static HoldfastException bad(String what) {
        return new HoldfastException(ErrorCode.BAD_USAGE, what);
    }
}
