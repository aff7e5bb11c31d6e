/** Named sources and settings from a file, {@code holdfast.yml}: what may stand in it, and what its values mean. */
@NullMarked
package dev.holdfast.config;

import org.jspecify.annotations.NullMarked;
