/** Runs a command behind a backup: says what it changed, decides whether it went well, and takes it back. */
@NullMarked
package dev.holdfast.guard;

import org.jspecify.annotations.NullMarked;
