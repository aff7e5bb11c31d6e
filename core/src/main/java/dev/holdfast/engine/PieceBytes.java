package dev.holdfast.engine;

/**
 * A ready-to-run part of a backup beside its rows.
 *
 * @param name a file name
 * @param bytes its content
 */
public record PieceBytes(String name, byte[] bytes) {}
