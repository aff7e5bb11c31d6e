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
            var claim = new Claim("required", table + " is there");
            try {
                asked.answer("SELECT count(*) FROM (SELECT FROM " + table + " LIMIT 1) AS t");
                checks.passed(claim, "");
            } catch (HoldfastException e) {
                checks.failed(claim, Checks.words(e));
            }
        }
        for (Map.Entry<String, Long> least : expectations.minimumRows().entrySet()) {
            var claim = new Claim("minimum", least.getKey() + " has at least " + least.getValue() + " rows");
            try {
                long rows = Long.parseLong(asked.answer("SELECT count(*) FROM " + least.getKey()));
                if (rows >= least.getValue()) {
                    checks.passed(claim, String.valueOf(rows));
                } else {
                    checks.failed(claim, "at least " + least.getValue(), String.valueOf(rows));
                }
            } catch (HoldfastException e) {
                checks.failed(claim, Checks.words(e));
            }
        }
        expectations.questions().forEach(question -> ask(new Claim("question", question.text()), question));
    }

    private void ask(Claim claim, Expectations.Question question) {
        try {
            String found = asked.answer(question.text());
            if (question.isAnsweredBy(found)) {
                checks.passed(claim, found);
            } else {
                checks.failed(claim, question.answer(), found);
            }
        } catch (HoldfastException e) {
            checks.failed(claim, question.answer(), Checks.words(e));
        }
    }
}
