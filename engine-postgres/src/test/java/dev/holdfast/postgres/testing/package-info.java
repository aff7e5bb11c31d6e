/** Real PostgreSQL servers for tests, and ways to look into databases that share no code with what is tested. */
@NullMarked
package dev.holdfast.postgres.testing;

import org.jspecify.annotations.NullMarked;
