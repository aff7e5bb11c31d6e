/** Every run, on record: what was done to what, by whom, and how it ended. */
@NullMarked
package dev.holdfast.journal;

import org.jspecify.annotations.NullMarked;
