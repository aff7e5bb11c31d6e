/**
 * The repository format, version 1: packs of chunks, lists, heads, leases. What is published is never changed. Knows no table, row or
 * page: engines hand it bytes and JSON of their own. The bytes are described in {@code docs/format.md}, which changes together with
 * this package.
 */
@NullMarked
package dev.holdfast.repository;

import org.jspecify.annotations.NullMarked;
