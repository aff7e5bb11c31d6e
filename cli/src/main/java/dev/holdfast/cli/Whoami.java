package dev.holdfast.cli;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Holder;
import dev.holdfast.run.ThisHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs this process, where. */
final class Whoami {
    private Whoami() {}

    static Holder holder() {
        return new Holder(ThisHost.name(), boot(), ProcessHandle.current().pid());
    }

    static JsonObject json() {
        return new JsonObject()
                .put("user", System.getProperty("user.name", ""))
                .put("host", ThisHost.name())
                .put("holdfast", new HoldfastCommand.Version().getVersion()[0].replace("holdfast ", ""));
    }

    /** Linux names each start of the system; elsewhere it is not known. */
    private static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
