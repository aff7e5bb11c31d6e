package dev.holdfast.repository;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backup's id within its source: its UTC time to the second, and a number from 2 when that second was taken:
 * {@code 20260122_171449}, {@code 20260122_171449_2}. Ordered by time, then by number.
 */
public record BackupId(Instant time, int number) implements Comparable<BackupId> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss")
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern FORM = Pattern.compile("(\\d{8}_\\d{6})(?:_([1-9]\\d{0,5}))?");
    private static final Comparator<BackupId> ORDER =
            Comparator.comparing(BackupId::time).thenComparing(BackupId::number);

    public BackupId {
        if (!time.equals(Instant.ofEpochSecond(time.getEpochSecond())) || number < 1) {
            throw new IllegalArgumentException("not a backup id: " + time + ", " + number);
        }
    }

    /** The first id of the second in which the moment lies. */
    public static BackupId at(Instant moment) {
        return new BackupId(Instant.ofEpochSecond(moment.getEpochSecond()), 1);
    }

    /** Reads an id; empty when the text is none. */
    public static Optional<BackupId> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            Instant time = LocalDateTime.parse(form.group(1), TIME).toInstant(ZoneOffset.UTC);
            int number = form.group(2) == null ? 1 : Integer.parseInt(form.group(2));
            return number == 1 && form.group(2) != null ? Optional.empty() : Optional.of(new BackupId(time, number));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The next id of the same second. */
    public BackupId next() {
        return new BackupId(time, number + 1);
    }

    @Override
    public int compareTo(BackupId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return TIME.format(time) + (number == 1 ? "" : "_" + number);
    }
}
