package dev.holdfast.postgres;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * How the bytes of a file are compressed. Each way checks what it unpacks against the sums that the file carries, fails where the file ends
 * too early, and goes on where one compressed stream follows another.
 */
enum DumpCompression {
    GZIP("gzip", ".gz", "1f8b") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new GZIPInputStream(packed, BUFFER);
        }
    },
    ZSTD("zstd", ".zst", "28b52ffd") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new ZstdInputStream(packed);
        }
    },
    BZIP2("bzip2", ".bz2", "425a68") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new BZip2CompressorInputStream(packed, true);
        }
    },
    XZ("xz", ".xz", "fd377a585a00") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new XZInputStream(packed, MOST_MEMORY_KIB);
        }
    },
    LZ4("lz4", ".lz4", "04224d18") {
        @Override
        InputStream unpack(InputStream packed) throws IOException {
            return new FramedLZ4CompressorInputStream(packed, true);
        }
    };

    /** What xz -9 asks for is 65 MB; a file that asks for more is not made by usual means. */
    private static final int MOST_MEMORY_KIB = 256 << 10;

    private static final int BUFFER = 1 << 16;

    private final String title;
    private final String ending;
    private final String magic;

    /**
     * @param magic how its files begin, in hex
     */
    DumpCompression(String title, String ending, String magic) {
        this.title = title;
        this.ending = ending;
        this.magic = magic;
    }

    /** Unpacks all that follows. */
    abstract InputStream unpack(InputStream packed) throws IOException;

    /** How the file begins that is compressed so; empty when it is in none of these ways. */
    static Optional<DumpCompression> of(byte[] beginning) {
        String hex = HexFormat.of().formatHex(beginning);
        return Arrays.stream(values())
                .filter(each -> hex.startsWith(each.magic))
                .findFirst();
    }

    /** What the file is by its name, which is how pg_restore tells it. */
    static Optional<DumpCompression> named(String file) {
        return Arrays.stream(values())
                .filter(each -> file.endsWith(each.ending))
                .findFirst();
    }

    @Override
    public String toString() {
        return title;
    }
}
