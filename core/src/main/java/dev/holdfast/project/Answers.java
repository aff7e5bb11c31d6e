package dev.holdfast.project;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The member {@code answers} of {@code project} in a head: what a database said to people's questions at the moment of the backup. */
public final class Answers {
    /** The member's name. */
    public static final String MEMBER = "answers";

    private Answers() {}

    /**
     * A question with what came of it.
     *
     * @param answer empty when it could not be answered
     * @param failure why not
     */
    public record Recorded(String question, Optional<String> answer, Optional<String> failure) {}

    /** Asks; a question that cannot be answered is a finding of the run, and no reason to be without a backup. */
    public static List<JsonObject> json(List<String> questions, UnaryOperator<String> database, Run run) {
        return questions.stream()
                .map(question -> ask(question, database, run))
                .map(recorded -> new JsonObject()
                        .put("question", recorded.question())
                        .putIfPresent("answer", recorded.answer())
                        .putIfPresent("failure", recorded.failure()))
                .toList();
    }

    private static Recorded ask(String question, UnaryOperator<String> database, Run run) {
        try {
            return new Recorded(question, Optional.of(database.apply(question)), Optional.empty());
        } catch (HoldfastException e) {
            if (Set.of(ErrorCode.INTERRUPTED, ErrorCode.UNREACHABLE).contains(e.code())) {
                throw e;
            }
            String why = PlainText.of(String.valueOf(e.getMessage()));
            run.finding(new Finding(
                    Severity.WARNING, "not_answered", question, "'" + question + "' was not answered: " + why));
            return new Recorded(question, Optional.empty(), Optional.of(why));
        }
    }

    /** Those of a head; none in one of before there were any. */
    public static List<Recorded> in(JsonObject project) {
        return project.has(MEMBER)
                ? project.objects(
                        MEMBER,
                        each -> new Recorded(
                                each.string("question"), each.optionalString("answer"), each.optionalString("failure")))
                : List.of();
    }
}
