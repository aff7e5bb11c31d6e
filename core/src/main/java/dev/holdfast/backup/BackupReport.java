package dev.holdfast.backup;

import dev.holdfast.repository.Head;
import java.time.Duration;

/**
 * What a backup came to.
 *
 * @param head as it was published
 * @param rereadBytes of older packs that were hashed again
 * @param took from begin to end
 */
public record BackupReport(Head head, long rereadBytes, Duration took) {}
