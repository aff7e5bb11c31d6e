/** One execution of anything: its id, its named steps, its progress, what it noticed and how it ended. */
@NullMarked
package dev.holdfast.run;

import org.jspecify.annotations.NullMarked;
