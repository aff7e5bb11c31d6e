package dev.holdfast.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Whole numbers that follow each other. */
record Span(int from, int to) {
    /** The fewest that hold the numbers and no others, in order. */
    static List<Span> of(Collection<Integer> numbers) {
        List<Span> spans = new ArrayList<>();
        for (int number : new TreeSet<>(numbers)) {
            int last = spans.size() - 1;
            if (last >= 0 && spans.get(last).to + 1 == number) {
                spans.set(last, new Span(spans.get(last).from, number));
            } else {
                spans.add(new Span(number, number));
            }
        }
        return spans;
    }

    /** One number, two with a comma, or a range. */
    String text(String through, IntFunction<String> words) {
        if (from == to) {
            return words.apply(from);
        }
        return words.apply(from) + (to == from + 1 ? "," : through) + words.apply(to);
    }
}
