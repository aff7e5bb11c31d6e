package dev.holdfast.postgres;

import dev.holdfast.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sandboxes of the server programs that are installed on this machine: of the source's major, else of the next newer one. */
final class LocalKind implements SandboxServer.Kind {
    private final PgPrograms programs;

    LocalKind(PgPrograms programs) {
        this.programs = programs;
    }

    @Override
    public String word() {
        return "local";
    }

    @Override
    public Optional<SandboxServer> start(int major, Run run, List<String> reasons) {
        Optional<Map.Entry<Integer, Path>> found =
                programs.serverFolders().tailMap(major).entrySet().stream().findFirst();
        if (found.isEmpty()) {
            reasons.add("the server programs of PostgreSQL " + major + " or newer are not installed here");
            return Optional.empty();
        }
        int chosen = found.get().getKey();
        Path folder = found.get().getValue();
        String newer = chosen == major ? "" : ", newer than the source, which was " + major;
        return Optional.of(OwnServer.start(folder, "PostgreSQL " + chosen + " of " + folder + newer));
    }
}
