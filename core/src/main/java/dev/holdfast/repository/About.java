package dev.holdfast.repository;

import dev.holdfast.run.RunId;

/**
 * The circumstances of a backup.
 *
 * @param whole whether it holds every row; a backup that is not whole is never anybody's net
 */
public record About(Kind kind, boolean whole, RunId run, Times times, Notes notes) {}
