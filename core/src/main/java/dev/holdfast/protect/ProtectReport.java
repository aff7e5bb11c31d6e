package dev.holdfast.protect;

/**
 * Whether a database is protected.
 *
 * @param database its own name
 * @param address its name and where it is, for people
 * @param before whether it was when we came
 * @param now whether it is, as it was seen
 */
public record ProtectReport(String database, String address, boolean before, boolean now) {}
