package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;

/** How a run of the program ended. */
public record Ran(int exit, String out, String err) {
    /** Its standard output as the one JSON object that it must be. */
    public JsonObject json() {
        return Json.object(out.getBytes(UTF_8));
    }

    /** The last line of its standard output. */
    public String lastLine() {
        return out.lines().reduce((one, other) -> other).orElse("");
    }

    /** This, when all went well; else the test fails. */
    public Ran well() {
        if (exit != 0) {
            throw new AssertionError("exit code " + exit + "\n" + out + err);
        }
        return this;
    }
}
