package dev.holdfast.postgres;

import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds a server for a sandbox. */
final class SandboxServers {
    private final PgPrograms programs;
    private final Map<String, String> environment;

    SandboxServers(PgPrograms programs, Map<String, String> environment) {
        this.programs = programs;
        this.environment = environment;
    }

    /**
     * The first that can be had.
     *
     * @param place {@code auto}, the word of a kind, or a URL
     */
    SandboxServer start(String place, int major, Run run) {
        if (PgAddress.isUrl(place)) {
            return given(place, major, run);
        }
        boolean isAuto = place.equals(SandboxOrder.AUTO);
        List<SandboxServer.Kind> kinds =
                List.of(new LocalKind(programs), new EmbeddedKind(environment), new DockerKind(environment, !isAuto));
        List<SandboxServer.Kind> wanted = kinds.stream()
                .filter(kind -> isAuto || kind.word().equals(place))
                .toList();
        if (wanted.isEmpty()) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, "'" + place + "' is no kind of sandbox")
                    .withHint("auto, local, embedded, docker, or the URL of a server to use");
        }
        List<String> reasons = new ArrayList<>();
        for (SandboxServer.Kind kind : wanted) {
            try {
                Optional<SandboxServer> server = kind.start(major, run, reasons);
                if (server.isPresent()) {
                    return server.get();
                }
            } catch (HoldfastException e) {
                if (!isAuto || e.code() == ErrorCode.INTERRUPTED) {
                    throw e;
                }
                reasons.add(kind.word() + ": " + e.getMessage());
            }
        }
        throw new HoldfastException(
                        ErrorCode.PROGRAM_MISSING, "there is no server to restore into: " + String.join("; ", reasons))
                .withHint("install the server (Debian: apt-get install postgresql-" + major
                        + "), name the folder of initdb in HOLDFAST_POSTGRES_BIN, or name a server with --sandbox URL");
    }

    private SandboxServer given(String url, int major, Run run) {
        GivenServer server = GivenServer.open(url, environment, run);
        if (server.major() < major) {
            server.close();
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "the sandbox is PostgreSQL " + server.major() + ", older than the source, which was "
                                    + major)
                    .withHint("name a server of PostgreSQL " + major + " or newer");
        }
        return server;
    }
}
