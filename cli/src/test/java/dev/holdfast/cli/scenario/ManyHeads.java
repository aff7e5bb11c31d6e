package dev.holdfast.cli.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Fills a repository with years of backups: one that is there is published again and again under earlier ids. */
public final class ManyHeads {
    private ManyHeads() {}

    /**
     * Publishes copies of a backup's head, an hour apart from 2020 on.
     *
     * @param source the folder {@code backups/<source>} of a repository
     * @param id of the backup that is there
     */
    public static void publish(Path source, String id, int count) {
        try {
            String head = Files.readString(source.resolve(id + ".json"));
            Instant first = Instant.parse("2020-01-01T00:00:00Z");
            for (int i = 0; i < count; i++) {
                String other = BackupId.at(first.plus(Duration.ofHours(i))).toString();
                byte[] bytes = head.replace(id, other).getBytes(UTF_8);
                Files.writeString(
                        source.resolve(other + ".json.sha256"), Sha256.of(bytes).hex() + "  " + other + ".json\n");
                Files.write(source.resolve(other + ".json"), bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
