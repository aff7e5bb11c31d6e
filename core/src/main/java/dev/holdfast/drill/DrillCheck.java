package dev.holdfast.drill;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Verdict;

/**
 * One thing that a drill shows.
 *
 * @param name short, the same in every report: {@code rows}, {@code schema}
 * @param what was to be shown, as a sentence
 * @param verdict undetermined when nobody could look
 * @param found what was found, or why nobody could look
 */
public record DrillCheck(String name, String what, Verdict verdict, String found) {
    static DrillCheck passed(String name, String what, String found) {
        return new DrillCheck(name, what, Verdict.PASS, found);
    }

    static DrillCheck failed(String name, String what, String found) {
        return new DrillCheck(name, what, Verdict.FAIL, found);
    }

    static DrillCheck undone(String name, String what, String why) {
        return new DrillCheck(name, what, Verdict.UNDETERMINED, why);
    }

    /** As programs read it. */
    public JsonObject json() {
        return new JsonObject()
                .put("name", name)
                .put("what", what)
                .put("verdict", verdict.word())
                .put("found", found);
    }
}
