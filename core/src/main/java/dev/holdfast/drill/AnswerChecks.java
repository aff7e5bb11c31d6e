package dev.holdfast.drill;

import dev.holdfast.drill.Checks.Claim;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.project.Answers;
import java.util.Map;

/** What a restored database is asked, by us and by people. */
final class AnswerChecks {
    /** Answers questions. */
    interface Asked {
        String answer(String question);
    }

    private final Asked asked;
    private final Checks checks;

    AnswerChecks(Asked asked, Checks checks) {
        this.asked = asked;
        this.checks = checks;
    }

    /** What was asked when the backup was taken is answered as it was then. */
    void answers(JsonObject project) {
        for (Answers.Recorded recorded : Answers.in(project)) {
            var claim = new Claim("record", recorded.question());
            recorded.answer()
                    .ifPresentOrElse(
                            then -> ask(claim, new Expectations.Question(recorded.question(), then)),
                            () -> checks.undone(
                                    claim,
                                    "it could not be answered when the backup was taken: "
                                            + recorded.failure().orElse("")));
        }
    }

    void expectations(Expectations expectations) {
        for (String table : expectations.requiredTables()) {
            Claim claim = required(table);
            checks.next();
            try {
                asked.answer("SELECT count(*) FROM (SELECT FROM " + table + " LIMIT 1) AS t");
                checks.passed(claim, "");
            } catch (HoldfastException e) {
                checks.broken(claim, e);
            }
        }
        for (Map.Entry<String, Long> least : expectations.minimumRows().entrySet()) {
            Claim claim = minimum(least);
            checks.next();
            try {
                String rows = asked.answer("SELECT count(*) FROM " + least.getKey());
                if (rows.matches("\\d{1,18}") && Long.parseLong(rows) >= least.getValue()) {
                    checks.passed(claim, rows);
                } else {
                    checks.failed(claim, "at least " + least.getValue(), rows);
                }
            } catch (HoldfastException e) {
                checks.broken(claim, e);
            }
        }
        expectations.questions().forEach(question -> ask(new Claim("question", question.text()), question));
    }

    private static Claim required(String table) {
        return new Claim("required", table + " is there");
    }

    private static Claim minimum(Map.Entry<String, Long> least) {
        return new Claim("minimum", least.getKey() + " has at least " + least.getValue() + " rows");
    }

    /** What would have been asked, when there is nothing to ask. */
    static void undone(JsonObject project, Expectations expectations, Checks checks) {
        String why = "nothing was restored";
        Answers.in(project).forEach(recorded -> checks.undone(new Claim("record", recorded.question()), why));
        expectations.requiredTables().forEach(table -> checks.undone(required(table), why));
        expectations.minimumRows().entrySet().forEach(least -> checks.undone(minimum(least), why));
        expectations.questions().forEach(question -> checks.undone(new Claim("question", question.text()), why));
    }

    private void ask(Claim claim, Expectations.Question question) {
        checks.next();
        try {
            String found = asked.answer(question.text());
            if (question.isAnsweredBy(found)) {
                checks.passed(claim, found);
            } else {
                checks.failed(claim, question.answer(), found);
            }
        } catch (HoldfastException e) {
            checks.broken(claim, e);
        }
    }
}
