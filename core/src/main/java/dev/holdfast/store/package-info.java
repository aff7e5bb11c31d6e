/** The seam to bytes: dumb named blobs that are created once, whole, or deleted. Knows nothing of what the bytes mean. */
@NullMarked
package dev.holdfast.store;

import org.jspecify.annotations.NullMarked;
