package dev.holdfast.store;

import java.time.Instant;

/**
 * What a store knows of a blob without opening it.
 *
 * @param length in bytes
 * @param created by the store's clock
 */
public record BlobFacts(BlobName name, long length, Instant created) {}
