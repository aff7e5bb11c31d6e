package dev.holdfast.repository;

import java.util.List;

/** What looking at a pack's bytes showed. */
public sealed interface PackState {
    /** Hashed to its name, and every chunk decompressed to its id; the length in bytes. */
    record Whole(long length, List<Place> chunks) implements PackState {
        public Whole {
            chunks = List.copyOf(chunks);
        }
    }

    /** There is no such pack; whether a forward stands in for it is another question. */
    record Missing() implements PackState {}

    /** The storage did not give the bytes: they may be right or wrong. */
    record Unreadable(String reason) implements PackState {}

    /** The bytes are not what was stored. */
    record Damaged(String reason) implements PackState {}
}
