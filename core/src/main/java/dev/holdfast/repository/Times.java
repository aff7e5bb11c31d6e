package dev.holdfast.repository;

import java.time.Instant;

/**
 * When a backup was taken.
 *
 * @param started by our clock
 * @param moment the one moment that its rows show, by the database server's clock
 * @param finished by our clock, just before it was published
 */
public record Times(Instant started, Instant moment, Instant finished) {}
