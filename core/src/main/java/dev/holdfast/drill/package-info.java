/** Brings a backup back in a server to throw away, and shows that what came back is what was backed up. */
@NullMarked
package dev.holdfast.drill;

import org.jspecify.annotations.NullMarked;
