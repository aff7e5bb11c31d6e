/** The front door of the library, and nothing else. */
@NullMarked
package dev.holdfast;

import org.jspecify.annotations.NullMarked;
