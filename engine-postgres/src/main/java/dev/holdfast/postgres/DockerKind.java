package dev.holdfast.postgres;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sandboxes in a container of the official image, or of the one that {@code HOLDFAST_POSTGRES_IMAGE} names. */
final class DockerKind implements SandboxServer.Kind {
    private static final String DOCKER = "docker";

    private final Map<String, String> environment;
    private final boolean mayPull;

    /**
     * @param mayPull whether an image that is not here is fetched: only where a person asked for a container
     */
    DockerKind(Map<String, String> environment, boolean mayPull) {
        this.environment = environment;
        this.mayPull = mayPull;
    }

    @Override
    public String word() {
        return DOCKER;
    }

    @Override
    public Optional<SandboxServer> start(int major, Run run, List<String> reasons) {
        String image = environment.getOrDefault("HOLDFAST_POSTGRES_IMAGE", "postgres:" + major);
        var docker = new Docker(environment, run);
        try {
            Optional<String> trouble = docker.trouble();
            if (trouble.isPresent()) {
                reasons.add("docker does not work here: " + trouble.get());
                return Optional.empty();
            }
            if (!mayPull && !docker.hasImage(image)) {
                reasons.add("docker has no image " + image + " here (--sandbox docker would fetch it)");
                return Optional.empty();
            }
        } catch (HoldfastException e) {
            reasons.add("docker is not here: " + e.getMessage());
            return Optional.empty();
        }
        return Optional.of(DockerServer.start(docker, image));
    }
}
