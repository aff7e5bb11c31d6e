package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as options take them: {@code 500ms}, {@code 20s}, {@code 5m}, {@code 2h}. */
final class Durations {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");

    private Durations() {}

    static Duration of(String option, String told) {
        Matcher matcher = DURATION.matcher(told);
        if (!matcher.matches()) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "'" + told + "' is not a time")
                    .withHint(option + " 20s: a number and ms, s, m or h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
