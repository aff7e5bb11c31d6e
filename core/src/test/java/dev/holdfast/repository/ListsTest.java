package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.store.MemoryStore;
import dev.holdfast.testing.HostileJson;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that are stored as chunks: of chunks, of relations, of packs. */
class ListsTest {
    private static String[] lines(byte[] bytes) {
        return new String(bytes, UTF_8).split("\n");
    }

    private static byte[] join(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static void assertCode(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aChunkListComesBackAndEqualListsHaveEqualBytes() {
        Seeds.of("ListsTest.aChunkList").rounds(100, random -> {
            ChunkList list = Examples.chunkList(random, random.nextInt(20));
            assertThat(ChunkList.parse(list.bytes())).isEqualTo(list);
            assertThat(ChunkList.parse(list.bytes()).bytes()).isEqualTo(list.bytes());
        });
    }

    @Test
    void everySpoiledChunkListIsReadAsItStandsOrDamaged() {
        String[] lines = lines(Examples.chunkList(new Random(1), 2).bytes());
        HostileJson.spoil(Json.object(lines[0].getBytes(UTF_8)), (what, first) -> {
            var failure =
                    Examples.failureOf(what, () -> ChunkList.parse(join(new String(first, UTF_8), lines[1], lines[2])));
            assertThat(failure).as(what).isPresent();
        });
        List<String> accepted = new ArrayList<>();
        HostileJson.spoil(Json.object(lines[1].getBytes(UTF_8)), (what, second) -> {
            byte[] bytes = join(lines[0], new String(second, UTF_8), lines[2]);
            if (Examples.failureOf(what, () -> ChunkList.parse(bytes)).isEmpty()) {
                accepted.add(what);
            }
        });
        assertThat(accepted)
                .as("whole numbers in their range, no chunks at all, and the engine's own words; nothing else")
                .allMatch(what -> what.matches("(/count|/chunks\\[\\d\\]\\[[1-4]\\]) = \\d+")
                        || what.equals("/chunks = []")
                        || what.startsWith("/range")
                        || what.startsWith("/fingerprint"));
    }

    @Test
    void aChunkListOfAFutureVersionIsTooNew() {
        assertCode(ErrorCode.TOO_NEW, () -> ChunkList.parse(join("{\"chunk_list\":2,\"packs\":[]}")));
        assertCode(ErrorCode.TOO_NEW, () -> ChunkList.parse(join("{\"chunk_list\":2,\"packs\":[],\"more\":1}")));
    }

    @Test
    void aListThatIsCutIsDamaged() {
        for (byte[] whole : List.of(
                Examples.chunkList(new Random(1), 3).bytes(),
                RelationList.chunks(List.of(Examples.relation(new Random(1), "t")))
                        .get(0))) {
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(whole, length);
                boolean atALineEnd = length > 0 && cut[length - 1] == '\n';
                Runnable parse = whole[2] == 'c' ? () -> ChunkList.parse(cut) : () -> RelationList.parse(cut);
                if (!atALineEnd) { // a cut at a line's end is found by the chunk's id and by its length
                    assertCode(ErrorCode.DAMAGED, parse);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "x\n", "{}\n", "[]\n", "\0\0\0\n", "{\"chunk_list\":1,\"packs\":[]}\n\n"})
    void whatIsNoListIsDamaged(String text) {
        assertCode(ErrorCode.DAMAGED, () -> ChunkList.parse(text.getBytes(UTF_8)));
        assertCode(ErrorCode.DAMAGED, () -> RelationList.parse(text.getBytes(UTF_8)));
    }

    @Test
    void aRelationListComesBack() {
        var random = new Random(1);
        List<RelationEntry> relations = IntStream.range(0, 50)
                .mapToObj(i -> Examples.relation(random, "table \u00fc \"" + i))
                .toList();
        List<byte[]> chunks = RelationList.chunks(relations);
        assertThat(chunks).hasSize(1);
        assertThat(RelationList.parse(chunks.get(0))).isEqualTo(relations);
        assertThat(RelationList.parse(RelationList.chunks(List.of()).get(0))).isEmpty();
    }

    @Test
    void aLongRelationListIsCutIntoChunksThatAreEachAListByThemselves() {
        var random = new Random(1);
        List<RelationEntry> relations = IntStream.range(0, 40)
                .mapToObj(i -> Examples.relation(random, i + "x".repeat(500_000)))
                .toList();
        List<byte[]> chunks = RelationList.chunks(relations);
        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(chunks.stream()
                        .flatMap(chunk -> RelationList.parse(chunk).stream())
                        .toList())
                .isEqualTo(relations);
    }

    @Test
    void everySpoiledRelationListIsReadAsItStandsOrRefused() {
        String[] lines = lines(RelationList.chunks(List.of(Examples.relation(new Random(1), "t")))
                .get(0));
        HostileJson.spoil(Json.object(lines[0].getBytes(UTF_8)), (what, first) -> {
            var failure = Examples.failureOf(what, () -> RelationList.parse(join(new String(first, UTF_8), lines[1])));
            assertThat(failure).as(what).isPresent();
        });
        List<String> accepted = new ArrayList<>();
        HostileJson.spoil(Json.object(lines[1].getBytes(UTF_8)), (what, second) -> {
            if (Examples.failureOf(what, () -> RelationList.parse(join(lines[0], new String(second, UTF_8))))
                    .isEmpty()) {
                accepted.add(what);
            }
        });
        assertThat(accepted)
                .allMatch(what -> what.matches("(/count|/bytes|/chunks|/lists\\[\\d\\]/[a-z_]+) = \\d+")
                        || what.equals("/lists = []")
                        || what.startsWith("/name = ")
                        || what.startsWith("/relation"));
    }

    @Test
    void aRelationListWithOtherAlgorithmsIsTooNew() {
        assertCode(ErrorCode.TOO_NEW, () -> RelationList.parse(join("{\"relation_list\":2,\"algorithms\":{}}")));
        var algorithms = RelationList.algorithms().put("coding", "brotli");
        var line = new JsonObject().put("relation_list", 1).put("algorithms", algorithms);
        assertCode(ErrorCode.TOO_NEW, () -> RelationList.parse(join(Json.text(line))));
    }

    private final MemoryStore store = new MemoryStore(ManualClock.inJanuary());
    private final ChunkReader reader = new ChunkReader(store);

    private Place stored(byte[] chunk) {
        var writer = new PackWriter(store, Examples.RUN);
        PackedChunk packed = writer.add(chunk);
        writer.flush();
        return packed.place();
    }

    private static List<KnownPack> packs(int count) {
        return IntStream.range(0, count).mapToObj(Examples::pack).toList();
    }

    @Test
    void packsAreNamedInTheGroupOrInAListOfItsOwn() {
        List<KnownPack> packs = packs(100);
        List<byte[]> chunks = PackGroup.listChunks(packs);
        assertThat(chunks).hasSize(1);

        PackGroup inside = PackGroup.of(Examples.TIME, packs);
        PackGroup outside = PackGroup.of(Examples.TIME, packs, List.of(stored(chunks.get(0))));

        for (PackGroup group : List.of(inside, outside)) {
            assertThat(group.packs(reader)).containsExactlyInAnyOrderElementsOf(packs);
            assertThat(PackGroup.of(group.json())).isEqualTo(group);
            assertThat(group.count()).isEqualTo(100);
            assertThat(group.bytes())
                    .isEqualTo(packs.stream().mapToLong(KnownPack::length).sum());
        }
    }

    @Test
    void namedPacksComeBackAndKnowTheirSumsAndTheirOldestByte() {
        NamedPacks named = Examples.namedPacks();
        assertThat(NamedPacks.of(named.json())).isEqualTo(named);
        assertThat(named.count()).isEqualTo(4);
        assertThat(named.bytes()).isEqualTo(4006);
        assertThat(named.oldestUnread()).contains(Examples.TIME.minusSeconds(90));
        assertThat(new NamedPacks(List.of(), List.of()).oldestUnread()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", " 5", "HEX", "HEX ", "HEX x", "HEX -1", "HEXx5", "HEX 99999999999999999999", "../HEX 5"
            })
    void aSpoiledLineOfAPackListIsDamaged(String line) {
        byte[] bytes = (line.replace("HEX", Examples.digest("a").hex()) + "\n").getBytes(US_ASCII);
        var group = new PackGroup(Examples.TIME, 1, 5, List.of(), List.of(stored(bytes)));
        assertCode(ErrorCode.DAMAGED, () -> group.packs(reader));
    }

    @Test
    void aPackListThatNamesFewerOrMorePacksThanItSaysIsDamaged() {
        byte[] list = PackGroup.listChunks(packs(3)).get(0);
        for (long count : List.of(2L, 4L)) {
            var group = new PackGroup(Examples.TIME, count, 5, List.of(), List.of(stored(list)));
            assertCode(ErrorCode.DAMAGED, () -> group.packs(reader));
        }
    }
}
