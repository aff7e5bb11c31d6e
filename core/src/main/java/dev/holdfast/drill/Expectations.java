package dev.holdfast.drill;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people expect of a database that has come back, beside its being what was backed up.
 *
 * @param questions in the database's own language
 * @param requiredTables tables and views that must be there and can be read, spelled as in a query
 * @param minimumRows how many rows tables must have at least, spelled as in a query
 */
public record Expectations(List<Question> questions, List<String> requiredTables, Map<String, Long> minimumRows) {
    public static final Expectations NONE = new Expectations(List.of(), List.of(), Map.of());

    public Expectations {
        questions = List.copyOf(questions);
        requiredTables = List.copyOf(requiredTables);
        minimumRows = Collections.unmodifiableMap(new LinkedHashMap<>(minimumRows));
    }

    /**
     * A question and its only right answer.
     *
     * @param answer as the database spells it; {@code true} and {@code false} also for a truth value that it spells otherwise
     */
    public record Question(String text, String answer) {
        /** One that must be answered with yes. */
        public static Question yes(String text) {
            return new Question(text, "true");
        }

        /** Whether an answer is the right one. */
        boolean isAnsweredBy(String found) {
            return found.equals(answer)
                    || (found.equals("t") && answer.equals("true"))
                    || (found.equals("f") && answer.equals("false"));
        }
    }
}
