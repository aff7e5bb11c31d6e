package dev.holdfast.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Throw-away servers whose owners, and the shells around them, were killed. */
final class LeftServers {
    /** A file in the folder of a server that somebody wants to look at. */
    static final String KEPT = "kept";

    private static final int LOOKS = 100;
    private static final long BETWEEN_LOOKS_MILLIS = 50;

    private LeftServers() {}

    /** Ends and removes those in a folder. What we may not remove stays; the next one looks again. */
    static void remove(Path among) {
        try {
            PrivateFolder.leftBehind(among, "server").forEach(LeftServers::removeOne);
        } catch (IOException e) {
            return; // a folder that cannot be listed has nothing for us
        }
    }

    private static void removeOne(Path folder) {
        try {
            if (isOurs(folder) && !Files.exists(folder.resolve(KEPT)) && isEnded(folder)) {
                PrivateFolder.remove(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            return; // somebody else's, or somebody else is at it
        }
    }

    /** Of ourselves, or of the user that our servers run as. */
    static boolean isOurs(Path folder) throws IOException {
        String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        return owner.equals(System.getProperty("user.name")) || ThrowawayServer.isServersUser(owner);
    }

    private static boolean isEnded(Path folder) throws IOException {
        Optional<ProcessHandle> server = process(folder);
        if (server.isEmpty()) {
            return true;
        }
        ChildProcess.run(List.of("kill", "-INT", String.valueOf(server.get().pid())), Map.of());
        try {
            for (int i = 0; i < LOOKS && server.get().isAlive(); i++) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !server.get().isAlive();
    }

    /** The server that runs on a folder; a pid alone may be another process's by now. */
    private static Optional<ProcessHandle> process(Path folder) throws IOException {
        Path file = folder.resolve("data/postmaster.pid");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String pid = Files.readAllLines(file).stream().findFirst().orElse("").strip();
        if (!pid.matches("\\d{1,18}")) {
            return Optional.empty(); // it was cut by a full disk: there was no server yet
        }
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains(" " + folder.resolve("data") + " "))
                        .orElse(false));
    }
}
