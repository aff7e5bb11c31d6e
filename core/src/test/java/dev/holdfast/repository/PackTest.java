package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.RunId;
import dev.holdfast.store.BlobName;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.Content;
import dev.holdfast.store.FaultStore;
import dev.holdfast.store.FilterStore;
import dev.holdfast.store.FolderStore;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Race;
import dev.holdfast.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs, from the chunks that go in to what is found when somebody looks at them. */
class PackTest {
    private final MemoryStore store = new MemoryStore(ManualClock.inJanuary());

    private static byte[] chunk(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < length / 2; i++) {
            bytes[i] = 'x'; // so that there is something to compress
        }
        return bytes;
    }

    private static List<PackedChunk> write(BlobStore store, List<byte[]> chunks) {
        var writer = new PackWriter(store, Examples.RUN);
        List<PackedChunk> packed = chunks.stream().map(writer::add).toList();
        writer.flush();
        return packed;
    }

    private static List<byte[]> chunks(Random random) {
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            chunks.add(chunk(random, 1 + random.nextInt(300)));
        }
        return chunks;
    }

    @Test
    void everyChunkIsReadBackFromItsPlace() {
        Seeds.of("PackTest.everyChunk").rounds(50, random -> {
            var fresh = new MemoryStore(ManualClock.inJanuary());
            List<byte[]> chunks = chunks(random);
            List<PackedChunk> packed = write(fresh, chunks);
            for (int i = 0; i < chunks.size(); i++) {
                assertThat(packed.get(i).isPlaced()).isTrue();
                assertThat(new ChunkReader(fresh).read(packed.get(i).place())).isEqualTo(chunks.get(i));
            }
        });
    }

    @Test
    void aChunkHasNoPlaceBeforeItsPackIsWritten() {
        var writer = new PackWriter(store, Examples.RUN);
        PackedChunk packed = writer.add("x".getBytes(UTF_8));

        assertThat(packed.isPlaced()).isFalse();
        assertThatThrownBy(packed::place).isInstanceOf(IllegalStateException.class);
        assertThat(Blobs.names(store, "packs")).isEmpty();

        writer.flush();
        assertThat(packed.isPlaced()).isTrue();
        assertThat(Blobs.names(store, "packs")).hasSize(1);
        writer.flush();
        assertThat(writer.written()).as("nothing was left to flush").hasSize(1);
    }

    @Test
    void packsOfTwoRunsNeverShareAName() {
        byte[] same = "the same chunk".getBytes(UTF_8);
        var one = new PackWriter(store, Examples.RUN);
        var other = new PackWriter(store, new RunId("f".repeat(32)));
        for (PackWriter writer : List.of(one, other)) {
            writer.add(same);
            writer.flush();
        }
        assertThat(Blobs.names(store, "packs")).hasSize(2);
    }

    @Test
    void aFullPackIsWrittenAndSeveralThreadsFillPacksSideBySide() throws Exception {
        var writer = new PackWriter(store, Examples.RUN);
        List<Map<PackedChunk, Long>> added = Race.run(4, racer -> () -> {
            var random = new Random(racer);
            Map<PackedChunk, Long> mine = new java.util.HashMap<>();
            for (int i = 0; i < 12; i++) {
                var bytes = new byte[1 << 20];
                long seed = random.nextLong();
                new Random(seed).nextBytes(bytes); // does not compress: 48 MiB in all
                mine.put(writer.add(bytes), seed);
            }
            return mine;
        });
        writer.flush();

        assertThat(writer.written()).hasSizeBetween(3, 4);
        assertThat(writer.written().stream().mapToLong(PackWriter.Written::length))
                .allMatch(length -> length < 18 << 20);
        added.forEach(mine -> mine.forEach((packed, seed) -> {
            var bytes = new byte[1 << 20];
            new Random(seed).nextBytes(bytes);
            assertThat(packed.place().chunk()).isEqualTo(Sha256.of(bytes));
        }));
        writer.written()
                .forEach(pack -> assertThat(PackCheck.check(store, pack.pack())).isInstanceOf(PackState.Whole.class));
    }

    @Test
    void aWholePackIsWholeAndNamesItsChunks() {
        List<PackedChunk> packed = write(store, List.of(new byte[10], new byte[1], "abc".getBytes(UTF_8)));
        Sha256 pack = packed.get(0).place().pack();
        long length = store.find(Layout.pack(pack)).orElseThrow().length();

        assertThat(PackCheck.check(store, pack))
                .isEqualTo(new PackState.Whole(
                        length, packed.stream().map(PackedChunk::place).toList()));
        assertThat(PackCheck.check(store, Examples.digest("none"))).isEqualTo(new PackState.Missing());
    }

    @Test
    void aDamagedPackIsNeverWhole() {
        Seeds.of("PackTest.aDamagedPack").rounds(60, random -> {
            var fresh = new MemoryStore(ManualClock.inJanuary());
            Sha256 pack = write(fresh, chunks(random)).get(0).place().pack();
            String name = Layout.pack(pack).path();
            byte[] whole = Blobs.bytes(fresh, name);
            Map<String, byte[]> damages = new TreeMap<>();
            for (int i = 0; i < 20; i++) {
                damages.put("flipped " + i, Blobs.flipped(whole, random));
            }
            for (int i = 0; i < 16; i++) {
                damages.put("cut at " + i + "/16", Blobs.cut(whole, whole.length * i / 16));
            }
            damages.put("cut somewhere", Blobs.cut(whole, random.nextInt(whole.length)));
            damages.put("cut by its last byte", Blobs.cut(whole, whole.length - 1));
            damages.put("longer", java.util.Arrays.copyOf(whole, whole.length + 1));
            damages.forEach((what, bytes) -> {
                Blobs.replace(fresh, name, bytes);
                assertThat(PackCheck.check(fresh, pack)).as(what).isInstanceOf(PackState.Damaged.class);
            });
        });
    }

    @Test
    void twoExchangedPacksAreBothDamaged() {
        Sha256 one = write(store, List.of(new byte[10])).get(0).place().pack();
        Sha256 other = write(store, List.of(new byte[20])).get(0).place().pack();
        byte[] bytes = Blobs.bytes(store, Layout.pack(one).path());
        Blobs.replace(
                store,
                Layout.pack(one).path(),
                Blobs.bytes(store, Layout.pack(other).path()));
        Blobs.replace(store, Layout.pack(other).path(), bytes);

        assertThat(PackCheck.check(store, one)).isInstanceOf(PackState.Damaged.class);
        assertThat(PackCheck.check(store, other)).isInstanceOf(PackState.Damaged.class);
    }

    @Test
    void storageThatCannotBeReadIsNoJudgementOfThePack() {
        Sha256 pack = write(store, List.of(new byte[10])).get(0).place().pack();
        for (ErrorCode code : List.of(ErrorCode.STORE_FAILED, ErrorCode.STORE_READ_ONLY)) {
            for (int nth = 1; nth <= 3; nth++) {
                var faults = new FaultStore(store)
                        .fail(
                                FaultStore.Operation.READ,
                                name -> true,
                                nth,
                                FaultStore.Moment.BEFORE,
                                () -> new HoldfastException(code, "no answer"));
                assertThat(PackCheck.check(faults, pack)).isEqualTo(new PackState.Unreadable("no answer"));
                assertThat(faults.pending()).isZero();
            }
        }
    }

    @Test
    void anErrorThatIsNoneOfTheStorageIsNoAnswer() {
        Sha256 pack = write(store, List.of(new byte[10])).get(0).place().pack();
        var faults = new FaultStore(store)
                .fail(
                        FaultStore.Operation.READ,
                        name -> true,
                        1,
                        FaultStore.Moment.BEFORE,
                        () -> new HoldfastException(ErrorCode.INTERRUPTED, "interrupted"));
        assertThatThrownBy(() -> PackCheck.check(faults, pack)).hasMessage("interrupted");
    }

    /** What a store does with bytes on their way to the disk. */
    private static BlobStore lying(BlobStore inner, java.util.function.UnaryOperator<byte[]> damage) {
        return new FilterStore(inner) {
            @Override
            public Creation create(BlobName name, Content content) {
                var out = new ByteArrayOutputStream();
                content.parts().forEach(out::writeBytes);
                byte[] kept = damage.apply(out.toByteArray());
                return kept.length == 0 ? Creation.CREATED : super.create(name, Content.of(kept));
            }
        };
    }

    @Test
    void aPackThatIsReadBackWithOtherBytesIsNotWritten() {
        assertThatThrownBy(() -> write(lying(store, bytes -> Blobs.flipped(bytes, 100)), List.of(new byte[100])))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    }

    /** Success needs positive evidence: a pack that is not there has not been read back. */
    @Test
    void aPackThatIsGoneWhenItIsReadBackIsNotWritten() {
        assertThatThrownBy(() -> write(lying(store, bytes -> new byte[0]), List.of(new byte[100])))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    }

    @Test
    void theZstdProgramPrintsTheChunksAndSha256sumKnowsTheName(@TempDir Path folder) {
        assumeTrue(Programs.isHere("zstd", "a pack as the zstd program reads it"));
        var files = new FolderStore(folder, "run");
        List<byte[]> chunks = List.of("one\n".getBytes(UTF_8), new byte[1], chunk(new Random(1), 500_000));
        Sha256 pack = write(files, chunks).get(0).place().pack();
        String file = folder.resolve(Layout.pack(pack).path()).toString();

        var all = new ByteArrayOutputStream();
        chunks.forEach(all::writeBytes);
        Programs.Result printed = Programs.run(List.of("zstd", "-dc", file));
        assertThat(printed.exit()).as(printed.errors()).isZero();
        assertThat(printed.out()).isEqualTo(all.toByteArray());
        assertThat(Programs.run(List.of("sha256sum", file)).text()).startsWith(pack.hex() + " ");
    }
}
