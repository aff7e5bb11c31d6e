package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Whether a tar archive is whole: each member as long as its header says, and two empty blocks at the end. pg_restore does not look, and
 * reads one that was cut without end.
 */
final class TarEnd {
    private static final int BLOCK = 512;
    private static final int MAGIC = 257;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int SUM = 148;
    private static final int SUM_LENGTH = 8;

    private final InputStream tar;
    private final LongConsumer progress;
    private final byte[] block = new byte[BLOCK];
    private long at;

    private TarEnd(InputStream tar, LongConsumer progress) {
        this.tar = tar;
        this.progress = progress;
    }

    /** Whether a block is the header of a member. */
    static boolean isHeader(byte[] block) {
        return block.length >= BLOCK && new String(block, MAGIC, 5, US_ASCII).equals("ustar");
    }

    /**
     * Reads it to its end; what is wrong with it.
     *
     * @param progress is told the bytes that were read; may throw to stop
     */
    static Optional<String> fault(InputStream tar, LongConsumer progress) throws IOException {
        return new TarEnd(tar, progress).fault();
    }

    private Optional<String> fault() throws IOException {
        while (nextBlock()) {
            if (isEmpty()) {
                return end();
            }
            if (!isHeader(block) || number(SUM, SUM_LENGTH) != sum()) {
                return Optional.of("the tar archive is damaged before byte " + at + ": this is no header of a member");
            }
            long size = number(SIZE, SIZE_LENGTH);
            if (size < 0) {
                return Optional.of("the tar archive is damaged before byte " + at + ": a member has no size");
            }
            long blocks = (size + BLOCK - 1) / BLOCK;
            for (long i = 0; i < blocks; i++) {
                if (!nextBlock()) {
                    return cut();
                }
            }
        }
        return cut();
    }

    private Optional<String> end() throws IOException {
        if (!nextBlock()) {
            return cut();
        }
        boolean empty = isEmpty();
        while (empty && nextBlock()) {
            empty = isEmpty();
        }
        return empty && at % BLOCK == 0
                ? Optional.empty()
                : Optional.of("something else stands behind the end of the tar archive");
    }

    private Optional<String> cut() {
        return Optional.of("the tar archive is cut off at byte " + at + ": its end is missing");
    }

    private boolean nextBlock() throws IOException {
        int read = tar.readNBytes(block, 0, BLOCK);
        at += read;
        progress.accept(at);
        return read == BLOCK;
    }

    private boolean isEmpty() {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private long number(int from, int length) {
        if (block[from] < 0) { // too long for digits
            long value = 0;
            for (int i = from + length - Long.BYTES; i < from + length; i++) {
                value = (value << 8) | (block[i] & 0xff);
            }
            return value;
        }
        String digits = new String(Arrays.copyOfRange(block, from, from + length), US_ASCII)
                .replace('\0', ' ')
                .strip();
        return digits.matches("[0-7]{1,20}") ? Long.parseLong(digits, 8) : -1;
    }

    private long sum() {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean isSum = i >= SUM && i < SUM + SUM_LENGTH;
            sum += isSum ? (long) ' ' : block[i] & 0xff;
        }
        return sum;
    }
}
