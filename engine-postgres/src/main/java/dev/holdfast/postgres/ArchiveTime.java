package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.Arrays;

/**
 * Sets the creation time in the header of a pg_dump archive to 1 January 2000, so that an unchanged schema gives unchanged bytes, which
 * two backups share. The real time stands in the backup's head. The header's layout is that of {@code ReadHead} and {@code WriteHead} in
 * PostgreSQL's pg_backup_archiver.c: magic, version (three bytes), size of an int, size of an offset, format, compression (one byte
 * since archive version 1.15, an int before), then seven ints: second, minute, hour, day, month, year since 1900, daylight saving.
 */
final class ArchiveTime {
    private static final byte[] MAGIC = "PGDMP".getBytes(US_ASCII);
    private static final int MINOR = 6;
    private static final int SIZE_OF_INT = 8;
    private static final int COMPRESSION = 11;
    private static final int[] TIME = {0, 0, 0, 1, 0, 100, 0};

    private ArchiveTime() {}

    static byte[] cleared(byte[] archive) {
        if (archive.length < 64 || !Arrays.equals(archive, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new HoldfastException(ErrorCode.PROGRAM_FAILED, "pg_dump did not write an archive");
        }
        int intSize = archive[SIZE_OF_INT];
        int at = COMPRESSION + (archive[MINOR] >= 15 ? 1 : 1 + intSize);
        byte[] cleared = archive.clone();
        for (int value : TIME) {
            Arrays.fill(cleared, at, at + 1 + intSize, (byte) 0); // a sign, then the bytes, lowest first
            cleared[at + 1] = (byte) value;
            at += 1 + intSize;
        }
        return cleared;
    }
}
