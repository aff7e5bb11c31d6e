/** The loops through which every byte of a backup goes, each alone, under JMH: {@code bench/run hot}. */
@NullMarked
package dev.holdfast.bench.hot;

import org.jspecify.annotations.NullMarked;
