package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What a prune puts under a head's name when it gives the run up that had reserved it: whoever creates the name first wins, so that a
 * run that slept cannot publish late. Shown by nothing.
 */
final class Tombstone {
    private static final byte[] BEGIN = "{\"tombstone\":".getBytes(US_ASCII);

    private Tombstone() {}

    static boolean is(byte[] head) {
        return head.length > BEGIN.length && Arrays.equals(head, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }
}
