package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out what a program and its children use: with GNU time, else with the {@code time} of bash, which knows no memory; else not at
 * all.
 */
final class Meter {
    /** The programs that can measure, the best first. */
    enum Kind {
        GNU_TIME,
        BASH,
        NONE
    }

    private static final String GNU = "/usr/bin/time";
    private static final String BASH_TIME =
            "times=$1; shift; TIMEFORMAT='%U %S'; exec 3>&2; { time \"$@\" 2>&3; } 2>\"$times\"";
    private static final long KIBIBYTE = 1024;

    private final Kind kind;
    private final Path figures;

    private Meter(Kind kind, Path figures) {
        this.kind = kind;
        this.figures = figures;
    }

    /** The best that is here. */
    static Meter best(Children children, WorkFolder folder) {
        Path figures = folder.file("figures");
        for (Kind kind : Kind.values()) {
            var meter = new Meter(kind, figures);
            try {
                children.run(meter.around(List.of("true")));
                if (kind == Kind.NONE || meter.read().isPresent()) {
                    return meter;
                }
            } catch (dev.holdfast.error.HoldfastException e) {
                // that program is not here, or is another one: the next
            }
        }
        return new Meter(Kind.NONE, figures);
    }

    /** What this machine cannot tell, in words for the report. */
    String missing() {
        return switch (kind) {
            case GNU_TIME -> "nothing";
            case BASH -> "peak memory (install GNU time)";
            case NONE -> "processor time and peak memory (install GNU time)";
        };
    }

    /** The command that runs a command and notes what it used. */
    List<String> around(List<String> command) {
        List<String> whole = new ArrayList<>(
                switch (kind) {
                    case GNU_TIME -> List.of(GNU, "-q", "-o", figures.toString(), "-f", "%U %S %M");
                    case BASH -> List.of("bash", "-c", BASH_TIME, "bash", figures.toString());
                    case NONE -> List.of();
                });
        whole.addAll(command);
        return whole;
    }

    /** What the command that ended last used. */
    Optional<Usage> read() {
        if (kind == Kind.NONE) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(figures, UTF_8).strip().toLowerCase(Locale.ROOT);
            List<String> numbers = List.of(text.split(" ", -1));
            Optional<Long> peak =
                    kind == Kind.GNU_TIME ? Optional.of(Long.parseLong(numbers.get(2)) * KIBIBYTE) : Optional.empty();
            return Optional.of(new Usage(Double.parseDouble(numbers.get(0)), Double.parseDouble(numbers.get(1)), peak));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty(); // not the words that were asked for: not measured
        } catch (IOException e) {
            throw new UncheckedIOException("reading what a program used", e);
        }
    }
}
