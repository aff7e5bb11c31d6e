/**
 * Measures Holdfast beside its peers as a user meets them: whole processes, cold, on one machine, taking turns. {@code Main} is the
 * command; a class that ends with {@code Work} says what is measured; {@code Lab} measures it; the reports show it.
 */
@NullMarked
package dev.holdfast.bench;

import org.jspecify.annotations.NullMarked;
