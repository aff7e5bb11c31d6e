/** Marks a database, so that whatever would destroy something there asks for its name first. */
@NullMarked
package dev.holdfast.protect;

import org.jspecify.annotations.NullMarked;
