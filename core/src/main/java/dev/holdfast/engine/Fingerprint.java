package dev.holdfast.engine;

/**
 * A version fingerprint: which versions of rows a range holds, without a word about what they say. Where the engine still compares a
 * relation with an earlier backup, equal fingerprints mean equal rows.
 *
 * @param count how many rows
 * @param versions the engine's hash over their versions
 */
public record Fingerprint(long count, String versions) {}
