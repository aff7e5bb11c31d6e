package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.function.Function;

/** The pieces of a backup as text. */
final class PieceText {
    private PieceText() {}

    /** What a piece says; nothing where the backup has none of that name. */
    static String of(Function<String, Optional<byte[]>> pieces, String name) {
        return pieces.apply(name).map(bytes -> new String(bytes, UTF_8)).orElse("");
    }
}
