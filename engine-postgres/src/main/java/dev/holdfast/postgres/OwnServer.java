package dev.holdfast.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A sandbox of PostgreSQL's programs on this machine: a server of our own, that nobody else can reach. */
final class OwnServer implements SandboxServer {
    /** What initdb makes. */
    private static final Set<String> THERE_ALREADY = Set.of("postgres", "template0", "template1");

    private final ThrowawayServer server;
    private final String description;
    private final Optional<Path> unpacked;
    private boolean isKept;

    private OwnServer(ThrowawayServer server, String description, Optional<Path> unpacked) {
        this.server = server;
        this.description = description;
        this.unpacked = unpacked;
    }

    /**
     * @param programs the folder of {@code initdb} and {@code postgres}
     */
    static OwnServer start(Path programs, String description) {
        return new OwnServer(ThrowawayServer.startPrivate(programs, FAST), description, Optional.empty());
    }

    /**
     * The same of programs that were unpacked for this alone, and go with it.
     *
     * @param unpacked the folder of the folder of programs
     */
    static OwnServer startUnpacked(Path unpacked, String description) {
        return new OwnServer(
                ThrowawayServer.startPrivate(unpacked.resolve("bin"), FAST), description, Optional.of(unpacked));
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String url() {
        return server.url("postgres");
    }

    @Override
    public PgAddress address() {
        return PgAddress.of(url(), Map.of());
    }

    /** Functions and views may ask for the database's name, so it is the same as far as that can be. */
    @Override
    public String nameFor(String wanted) {
        return free(wanted);
    }

    /** A name that a new server does not have yet. */
    static String free(String wanted) {
        return THERE_ALREADY.contains(wanted) ? wanted + "_restored" : wanted;
    }

    @Override
    public boolean place(String role) {
        try (PgSession session = session()) {
            return Placeholders.make(session.connection(), role, "");
        }
    }

    @Override
    public List<String> keep() {
        unpacked.ifPresent(EmbeddedPrograms::keep);
        server.keep();
        isKept = true;
        String pid = postmaster();
        return List.of(
                "kept: psql '" + server.socketUrl("postgres") + "'",
                "to remove it: kill -INT " + pid + "; sleep 1; rm -rf " + server.folder()
                        + unpacked.map(programs -> " " + programs).orElse(""));
    }

    private String postmaster() {
        try {
            return Files.readAllLines(server.folder().resolve("data/postmaster.pid"))
                    .get(0);
        } catch (IOException e) {
            return "$(head -1 " + server.folder() + "/data/postmaster.pid)";
        }
    }

    @Override
    public void close() {
        server.close();
        if (!isKept) {
            unpacked.ifPresent(EmbeddedPrograms::remove);
        }
    }
}
