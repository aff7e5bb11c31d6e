/** The seam to database products. Says what a backup and a restore need of a database, in words that fit all of them. */
@NullMarked
package dev.holdfast.engine;

import org.jspecify.annotations.NullMarked;
