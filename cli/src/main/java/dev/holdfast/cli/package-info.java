/** The command line: one class for each subcommand, the only main(), and the one place where engines and stores are wired. */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
