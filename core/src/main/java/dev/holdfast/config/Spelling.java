package dev.holdfast.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** What somebody may have meant who wrote a word that is not known. */
final class Spelling {
    /** More letters than that are another word. */
    private static final int FARTHEST = 3;

    private Spelling() {}

    /** A sentence with the nearest known word, if one is near, and with all of them. */
    static String hint(String word, Collection<String> known) {
        String all = "known: " + String.join(", ", new TreeSet<>(known));
        return nearest(word, known)
                .map(near -> "did you mean " + near + "? " + all)
                .orElse(all);
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(word, each) <= Math.min(FARTHEST, each.length() / 2))
                .min(Comparator.comparing((String each) -> distance(word, each)).thenComparing(each -> each));
    }

    /** How many letters must be added, left out or exchanged. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int exchanged = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchanged, 1 + Math.min(row[j - 1], before[j]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
