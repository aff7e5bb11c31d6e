package dev.holdfast.cli;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Verdict;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a backup was last drilled, for people and for programs. A failure after a success is told with both. */
final class LastDrilledWords {
    private LastDrilledWords() {}

    /** For the list of backups. */
    static String cell(Optional<LastDrilled.Answer> last, Instant now) {
        return last.map(answer -> told(answer, now, "") + restored(answer)).orElse("never");
    }

    /** For one backup. */
    static String line(Optional<LastDrilled.Answer> last, Instant now) {
        return last.map(answer -> told(answer, now, "passed ") + restored(answer))
                .orElse("never: 'holdfast drill' shows whether it comes back");
    }

    private static String told(LastDrilled.Answer answer, Instant now, String newestPassed) {
        String newest = answer.newest().verdict() == Verdict.PASS
                ? newestPassed
                : DrillWords.word(answer.newest().verdict()) + " ";
        return answer.sincePassed().stream()
                .map(drilled -> (drilled.equals(answer.newest()) ? newest : DrillWords.word(drilled.verdict()) + " ")
                        + Words.ago(drilled.at(), now))
                .collect(Collectors.joining(", "));
    }

    private static String restored(LastDrilled.Answer answer) {
        return answer.restored()
                .map(took -> "; restored in " + Words.duration(took))
                .orElse("");
    }

    /** The member {@code last_drill}; null when there was none. */
    static JsonObject addTo(JsonObject json, Optional<LastDrilled.Answer> last) {
        return json.put(
                "last_drill",
                last.map(answer -> new JsonObject()
                                .put("at", answer.newest().at().toString())
                                .put("verdict", answer.newest().verdict().word())
                                .put("last_passed", time(answer, Verdict.PASS))
                                .put("last_failed", time(answer, Verdict.FAIL))
                                .put(
                                        "restore_seconds",
                                        answer.restored()
                                                .map(took -> took.toMillis() / 1000.0)
                                                .orElse(null)))
                        .orElse(null));
    }

    private static @Nullable String time(LastDrilled.Answer answer, Verdict verdict) {
        return answer.last(verdict).map(Instant::toString).orElse(null);
    }
}
