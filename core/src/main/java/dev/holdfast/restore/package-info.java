/** Brings a backup back: plan, then execute, then show that it is equal. */
@NullMarked
package dev.holdfast.restore;

import org.jspecify.annotations.NullMarked;
