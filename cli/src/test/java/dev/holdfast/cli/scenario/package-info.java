/** Stories that a user would tell, each with the real program and real databases. */
@NullMarked
package dev.holdfast.cli.scenario;

import org.jspecify.annotations.NullMarked;
