package dev.holdfast.repository;

import java.time.Instant;

/**
 * A pack as a backup names it.
 *
 * @param length in bytes
 * @param readAt when every byte of it was last hashed, as far as that backup knew
 */
public record KnownPack(Sha256 pack, long length, Instant readAt) {}
