package dev.holdfast.repository;

import dev.holdfast.json.Json;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;

/** Reads bytes that are JSON objects, one a line, each line ended by a line feed. */
final class Lines {
    @FunctionalInterface
    interface Reader {
        /** Takes the line of the given number, from 0. */
        void line(int number, JsonObject line);
    }

    private Lines() {}

    static void each(byte[] bytes, Reader reader) {
        int start = 0;
        int number = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                reader.line(number++, Json.object(bytes, start, i - start));
                start = i + 1;
            }
        }
        if (start != bytes.length || number == 0) {
            throw new JsonException("it is cut");
        }
    }
}
