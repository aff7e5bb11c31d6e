/** JSON as values: strict reading that names what is wrong, and writing in a fixed order. Knows no type of ours. */
@NullMarked
package dev.holdfast.json;

import org.jspecify.annotations.NullMarked;
