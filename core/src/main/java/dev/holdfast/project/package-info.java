/** What stands around a database: version control, the CI run, and which migrations it has seen. Knows no database product. */
@NullMarked
package dev.holdfast.project;

import org.jspecify.annotations.NullMarked;
