/**
 * Databases drawn by chance: schemas with everything that PostgreSQL has, names and values of every oddity. The same seed draws the same
 * database. {@link dev.holdfast.postgres.testing.random.RandomDatabase} is the way in.
 */
@NullMarked
package dev.holdfast.postgres.testing.random;

import org.jspecify.annotations.NullMarked;
