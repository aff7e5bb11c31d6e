/** What can go wrong, as coded errors: one line that names the object, and a hint with the next command to type. */
@NullMarked
package dev.holdfast.error;

import org.jspecify.annotations.NullMarked;
