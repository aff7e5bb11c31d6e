package dev.holdfast.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A program that runs beside a test, not as root, in a folder of its own where its log is, too. It ends, and its folder goes, when it is
 * closed or the process of the tests dies.
 */
final class TestProcess implements AutoCloseable {
    private static final String WATCH = "folder=$1; shift; \"$@\" </dev/null >>\"$folder/log\" 2>&1 & program=$!\n"
            + "cat >/dev/null; kill -INT $program 2>/dev/null; wait $program; rm -rf \"$folder\"";

    private static final int START_TRIES = 600;

    private final Process process;
    private final Path folder;

    private TestProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** A new folder that belongs to whom programs run as. */
    static Path folder(String name) throws IOException {
        Path folder = Files.createTempDirectory("holdfast-" + name + "-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (isRoot()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        return folder;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    /** The command, run by somebody who is not root. */
    static List<String> unprivileged(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
        }
        all.addAll(command);
        return all;
    }

    static TestProcess start(Path folder, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of("sh", "-c", WATCH, "holdfast-test", folder.toString()));
        all.addAll(command);
        return new TestProcess(
                new ProcessBuilder(unprivileged(all))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start(),
                folder);
    }

    /** A port that nobody listens at. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until the program is ready; one that ends before or never is fails the test with its log. */
    void await(String name, BooleanSupplier ready) {
        for (int i = 0; i < START_TRIES && process.isAlive(); i++) {
            if (ready.getAsBoolean()) {
                return;
            }
        }
        throw new AssertionError(name + " did not start: " + log());
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
            Files.deleteIfExists(folder); // its contents are gone, but /tmp may be whose it is
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
