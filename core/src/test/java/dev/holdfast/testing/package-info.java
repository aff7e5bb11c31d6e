/** What the tests of all modules share: seeds, clocks, damage, small stores and a database in memory. */
@NullMarked
package dev.holdfast.testing;

import org.jspecify.annotations.NullMarked;
