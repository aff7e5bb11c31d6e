package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A sandbox in a container, reached by a port of the loopback address and with a password of its own. A shell beside this process removes it
 * when the process is gone; what that shell left, since it was killed too, goes when the next one is started.
 */
final class DockerServer implements SandboxServer {
    private static final String LABEL = "dev.holdfast.sandbox";
    private static final int TRIES = 3_000;
    private static final int LOOK_EVERY = 20;

    private final Docker docker;
    private final String container;
    private final String image;
    private final String password;
    private final Process remover;
    private final int port;

    private DockerServer(Docker docker, String container, String image, String password, Process remover, int port) {
        this.docker = docker;
        this.container = container;
        this.image = image;
        this.password = password;
        this.remover = remover;
        this.port = port;
    }

    static DockerServer start(Docker docker, String image) {
        removeLeft(docker);
        String password = random();
        String owner =
                PrivateFolder.beginning("sandbox", ProcessHandle.current().pid());
        String container = owner + Integer.toUnsignedString(new SecureRandom().nextInt());
        List<String> arguments = new ArrayList<>(List.of(
                "run", "--detach", "--name", container, "--label", LABEL + "=" + owner, "--env", "POSTGRES_PASSWORD"));
        arguments.addAll(List.of("--publish", "127.0.0.1::5432", "--shm-size", "1g", image));
        FAST.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        docker.ask(
                "starting a container of " + image,
                Map.of("POSTGRES_PASSWORD", password), // by name, so that no list of processes shows it
                arguments.toArray(String[]::new));
        Process remover = docker.removerOf(container);
        try {
            String published = docker.ask("looking for the container's port", Map.of(), "port", container, "5432/tcp");
            int port = Integer.parseInt(published.lines().findFirst().orElse("").replaceFirst(".*:", ""));
            var server = new DockerServer(docker, container, image, password, remover, port);
            server.awaitReady();
            return server;
        } catch (RuntimeException e) {
            end(remover);
            throw e;
        }
    }

    private static String random() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Containers whose process is gone, and which nobody wanted to keep. */
    private static void removeLeft(Docker docker) {
        String all = docker.ask(
                "listing containers", Map.of(), "ps", "--all", "--filter", "label=" + LABEL, "--format", "{{.Names}}");
        all.lines().filter(PrivateFolder::isOfGoneProcess).forEach(docker::remove);
    }

    /** The image starts a first server to set itself up, which listens on no port; so the first answer is the real one's. */
    private void awaitReady() {
        String trouble = "it took too long";
        for (int i = 0; i < TRIES; i++) {
            try (PgSession session = session()) {
                return;
            } catch (HoldfastException e) {
                trouble = String.valueOf(e.getMessage());
            }
            if (i % LOOK_EVERY == 0 && !docker.isRunning(container)) {
                trouble = "it has ended; its last words: " + docker.lastWords(container);
                break;
            }
            Pause.moment();
        }
        throw new HoldfastException(ErrorCode.UNSUPPORTED, "the container of " + image + " does not answer: " + trouble)
                .withHint("HOLDFAST_POSTGRES_IMAGE names another image; --sandbox local needs none");
    }

    @Override
    public String description() {
        return "a container of " + image;
    }

    @Override
    public String url() {
        return "postgresql://postgres:" + password + "@127.0.0.1:" + port + "/postgres";
    }

    @Override
    public PgAddress address() {
        return PgAddress.of(url(), Map.of());
    }

    @Override
    public String nameFor(String wanted) {
        return OwnServer.free(wanted);
    }

    @Override
    public boolean place(String role) {
        try (PgSession session = session()) {
            return Placeholders.make(session.connection(), role, "");
        }
    }

    @Override
    public List<String> keep() {
        try (OutputStream input = remover.getOutputStream()) {
            input.write("keep\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "keeping the container: " + e.getMessage(), e);
        }
        docker.ask("keeping the container", Map.of(), "rename", container, container + "-kept");
        return List.of(
                "kept: docker exec -it " + container + "-kept psql -U postgres",
                "to remove it: docker rm --force --volumes " + container + "-kept");
    }

    private static void end(Process remover) {
        try {
            remover.getOutputStream().close();
            remover.waitFor(30, TimeUnit.SECONDS);
        } catch (IOException e) {
            return; // it was kept, or the shell is gone; then the next sandbox removes the container
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end(remover);
    }
}
