package dev.holdfast.bench.hot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.holdfast.backup.TallyHash;
import dev.holdfast.repository.Sha256;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is done to one chunk of 4 MiB of COPY text: 1,000 / (milliseconds / 4) are MiB a second. The tally is taken of each line, the
 * others of the whole.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowBytes {
    private static final int CHUNK = 4 << 20;

    private byte[] text = {};
    private int[] ends = {};
    private byte[] frame = {};
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();

    /** Lines of pgbench_accounts. */
    @Setup
    public void fill() {
        var lines = new StringBuilder();
        int[] found = new int[CHUNK / 90];
        int count = 0;
        while (lines.length() < CHUNK) {
            lines.append(String.format(Locale.ROOT, "%d\t%d\t0\t%-84s\n", 1_000_000 + count, count / 1000, ""));
            found[count++] = lines.length();
        }
        text = lines.toString().getBytes(UTF_8);
        ends = Arrays.copyOf(found, count);
        frame = new byte[text.length * 2];
        zstd.setLevel(1);
    }

    /** The content digest of the lines. */
    @Benchmark
    public Object tally() {
        var tally = new TallyHash();
        int from = 0;
        for (int end : ends) {
            tally.part(text, from, end - from, true);
            from = end;
        }
        return tally.take();
    }

    /** The chunk's id. */
    @Benchmark
    public Object sha256() {
        return Sha256.of(text);
    }

    /** The chunk's frame, as chunks are compressed. */
    @Benchmark
    public int zstd() {
        return zstd.compressByteArray(frame, 0, frame.length, text, 0, text.length);
    }
}
