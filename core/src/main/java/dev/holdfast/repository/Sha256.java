package dev.holdfast.repository;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 digest, kept as four longs since there are many: the id of a chunk, the name of a pack. */
public record Sha256(long first, long second, long third, long fourth) implements Comparable<Sha256> {
    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 64;

    /** The digest of a whole array. */
    public static Sha256 of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** The digest of a part of an array. */
    public static Sha256 of(byte[] bytes, int offset, int length) {
        MessageDigest digest = newDigest();
        digest.update(bytes, offset, length);
        return finish(digest);
    }

    /** A digest to be fed piece by piece, for {@link #finish}. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ends a digest made by {@link #newDigest}. */
    public static Sha256 finish(MessageDigest digest) {
        var bytes = ByteBuffer.wrap(digest.digest());
        return new Sha256(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** Reads 64 lower-case hex digits; anything else is an {@link IllegalArgumentException}. */
    public static Sha256 parse(String hex) {
        if (hex.length() != DIGITS) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
        }
        for (int i = 0; i < DIGITS; i++) {
            char c = hex.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                throw new IllegalArgumentException("not a SHA-256 digest: " + hex);
            }
        }
        return new Sha256(
                HexFormat.fromHexDigitsToLong(hex, 0, 16),
                HexFormat.fromHexDigitsToLong(hex, 16, 32),
                HexFormat.fromHexDigitsToLong(hex, 32, 48),
                HexFormat.fromHexDigitsToLong(hex, 48, 64));
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HEX.toHexDigits(first) + HEX.toHexDigits(second) + HEX.toHexDigits(third) + HEX.toHexDigits(fourth);
    }

    @Override
    public int compareTo(Sha256 other) {
        int order = Long.compareUnsigned(first, other.first);
        order = order != 0 ? order : Long.compareUnsigned(second, other.second);
        order = order != 0 ? order : Long.compareUnsigned(third, other.third);
        return order != 0 ? order : Long.compareUnsigned(fourth, other.fourth);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first); // a digest's bits are as good as any hash of them
    }

    @Override
    public String toString() {
        return hex();
    }
}
