/** Captures a source into a repository: one moment, in ranges, each chunk stored once, verified before it is published. */
@NullMarked
package dev.holdfast.backup;

import org.jspecify.annotations.NullMarked;
