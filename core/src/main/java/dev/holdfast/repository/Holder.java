package dev.holdfast.repository;

/**
 * The process behind a lease, so that a dead one is recognized on its own host.
 *
 * @param boot which start of the host's system, empty where that is not known
 */
public record Holder(String host, String boot, long pid) {}
