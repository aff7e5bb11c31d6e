/** Tests of the measuring itself: its arithmetic, its databases, and one small run. */
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
