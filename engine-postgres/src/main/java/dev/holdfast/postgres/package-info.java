/** PostgreSQL: connections, one moment read over COPY, schema by pg_dump, restoring by pg_restore and COPY. */
@NullMarked
package dev.holdfast.postgres;

import org.jspecify.annotations.NullMarked;
