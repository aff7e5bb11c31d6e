/** What differs between a backup and a database, or between two backups. Changes nothing anywhere. */
@NullMarked
package dev.holdfast.compare;

import org.jspecify.annotations.NullMarked;
