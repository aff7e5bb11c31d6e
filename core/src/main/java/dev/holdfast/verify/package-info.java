/** Are the stored bytes right: every byte hashed, every chunk decompressed, counts and digests adding up. */
@NullMarked
package dev.holdfast.verify;

import org.jspecify.annotations.NullMarked;
