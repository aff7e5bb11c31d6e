package dev.holdfast.postgres;

import java.util.Collection;
import java.util.stream.Collectors;

/** A list of names for people, which has an end. */
final class FirstFew {
    private static final int NAMED_AT_MOST = 10;

    private FirstFew() {}

    static String of(Collection<String> names) {
        String first = names.stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "));
        int more = names.size() - NAMED_AT_MOST;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
