package dev.holdfast.engine;

/**
 * How a dump is to be restored.
 *
 * @param database the name of the new database, where the dump itself names none
 * @param jobs how many connections work at once, at least one
 * @param superuser whether the dump's statements may do anything that the sandbox's server may do on its machine
 */
public record DumpOrder(String database, int jobs, boolean superuser) {}
