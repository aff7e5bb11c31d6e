package dev.holdfast.drill;

import dev.holdfast.error.Secrets;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.util.Optional;

/**
 * One thing that a drill looked at. Passwords that people wrote into their questions, or programs into their errors, are not in it.
 *
 * @param name one word for what kind of check it is
 * @param what is claimed, as a sentence
 * @param verdict undetermined when it could not be looked at
 * @param expected what should have been found, where that is more than the claim
 * @param found what was found, or why it could not be looked at
 * @param took how long the looking took
 */
public record DrillCheck(
        String name, String what, Verdict verdict, Optional<String> expected, String found, Duration took) {
    public DrillCheck {
        what = Secrets.hidden(what);
        expected = expected.map(Secrets::hidden);
        found = Secrets.hidden(found);
    }

    /** As programs read it. */
    public JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("what", what)
                .put("verdict", verdict.word())
                .putIfPresent("expected", expected)
                .put("found", found)
                .put("seconds", took.toMillis() / 1000.0);
    }
}
