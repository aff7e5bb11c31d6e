package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import java.nio.file.Path;

/** The file that says as JSON what came of a guarded command. It has rows of tables, so it is for nobody else. */
final class GuardFile {
    private final ReportFile file;

    private GuardFile(ReportFile file) {
        this.file = file;
    }

    /** A file that can be written; found out before anything is run. */
    static GuardFile at(Path folder, String name) {
        return new GuardFile(ReportFile.ofOwnerOnly(folder, "--report", name));
    }

    /** Writes it; false when that failed, which is said. */
    boolean write(JsonObject json, Context context) {
        return file.write((Json.prettyText(json) + "\n").getBytes(UTF_8), context);
    }
}
