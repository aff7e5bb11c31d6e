package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobStore.Creation;
import dev.holdfast.testing.Race;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every store must do. An implementation enrols by a subclass that makes one. */
public abstract class BlobStoreContract {
    private static final BlobName NAME = new BlobName("packs/ab/one");

    /** Made anew, empty, for each test. */
    protected BlobStore store;

    protected abstract BlobStore newStore() throws IOException;

    /** Whether blobs can be deleted; where not, deleting is an error with the code {@code DENIED}. */
    protected boolean canDelete() {
        return true;
    }

    @BeforeEach
    void makeStore() throws IOException {
        store = newStore();
    }

    private static Content content(String text) {
        return Content.of(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private String text(BlobName name) throws IOException {
        try (var in = store.open(name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        }
    }

    protected static void assertCode(ErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private Set<String> list(String folder) {
        Set<String> names = new TreeSet<>();
        store.list(new BlobName(folder), facts -> {
            assertThat(names.add(facts.name().path())).as("listed once").isTrue();
        });
        return names;
    }

    @Test
    void whatWasCreatedIsFoundReadAndListed() throws IOException {
        assertThat(store.create(NAME, content("hello"))).isEqualTo(Creation.CREATED);

        assertThat(text(NAME)).isEqualTo("hello");
        assertThat(store.find(NAME).orElseThrow().length()).isEqualTo(5);
        assertThat(store.find(NAME).orElseThrow().name()).isEqualTo(NAME);
        assertThat(store.read(NAME, 1, 3)).asString().isEqualTo("ell");
        assertThat(list("packs")).containsExactly(NAME.path());
    }

    @Test
    void creatingATakenNameLeavesTheOldBytes() throws IOException {
        store.create(NAME, content("old"));

        assertThat(store.create(NAME, content("new and longer"))).isEqualTo(Creation.TAKEN);
        assertThat(store.create(NAME, content("old"))).isEqualTo(Creation.TAKEN);

        assertThat(text(NAME)).isEqualTo("old");
    }

    @Test
    void ofFiftyRacingCreatorsOneWinsAndNobodyReadsATornBlob() throws Exception {
        int creators = 50;
        int length = 100_003;
        var running = new AtomicInteger(creators);
        List<Integer> outcomes = Race.run(creators + 4, racer -> {
            Callable<Integer> create = () -> {
                try {
                    return store.create(NAME, inParts((byte) racer, length)) == Creation.CREATED ? racer : -1;
                } finally {
                    running.decrementAndGet();
                }
            };
            Callable<Integer> read = () -> {
                while (running.get() > 0) {
                    assertWholeIfThere(length);
                }
                return -1;
            };
            return racer < creators ? create : read;
        });

        List<Integer> winners =
                outcomes.stream().filter(outcome -> outcome >= 0).toList();
        assertThat(winners).hasSize(1);
        assertThat(store.read(NAME, 0, length)).containsOnly(winners.get(0).byteValue());
        assertThat(list("packs")).hasSize(1);
    }

    private static Content inParts(byte filling, int length) {
        var first = new byte[length / 3];
        var second = new byte[length - first.length];
        Arrays.fill(first, filling);
        Arrays.fill(second, filling);
        return new Content(List.of(first, second));
    }

    private void assertWholeIfThere(int length) throws IOException {
        Optional<BlobFacts> facts = store.find(NAME);
        if (facts.isEmpty()) {
            return;
        }
        assertThat(facts.get().length()).isEqualTo(length);
        try (var in = store.open(NAME)) {
            byte[] bytes = in.readAllBytes();
            assertThat(bytes).hasSize(length).containsOnly(bytes[0]);
        }
        store.list(new BlobName("packs"), each -> assertThat(each.length()).isEqualTo(length));
    }

    @Test
    void aBlobMayBeEmpty() throws IOException {
        store.create(NAME, new Content(List.of()));
        store.create(new BlobName("other"), Content.of(new byte[0]));

        assertThat(text(NAME)).isEmpty();
        assertThat(store.find(NAME).orElseThrow().length()).isZero();
        assertThat(store.read(NAME, 0, 0)).isEmpty();
        assertThat(store.create(NAME, content("x"))).isEqualTo(Creation.TAKEN);
        assertThat(text(new BlobName("other"))).isEmpty();
    }

    @Test
    void largeContentOfManyPartsIsKeptByteForByte() throws IOException {
        var random = new Random(1);
        var whole = new byte[5 << 20];
        random.nextBytes(whole);
        List<byte[]> parts = List.of(
                Arrays.copyOfRange(whole, 0, 1),
                new byte[0],
                Arrays.copyOfRange(whole, 1, 4 << 20),
                Arrays.copyOfRange(whole, 4 << 20, whole.length));
        store.create(NAME, new Content(parts));

        try (var in = store.open(NAME)) {
            assertThat(in.readAllBytes()).isEqualTo(whole);
        }
        assertThat(store.read(NAME, (4 << 20) - 5, 10))
                .isEqualTo(Arrays.copyOfRange(whole, (4 << 20) - 5, (4 << 20) + 5));
    }

    @ParameterizedTest
    @CsvSource({"0,6", "5,1", "3,3", "6,1", "6,0", "1000000,1", "9223372036854775807,1", "9223372036854775800,100"})
    void readingPastTheEndIsDamage(long offset, int length) {
        store.create(NAME, content("12345"));

        assertCode(ErrorCode.DAMAGED, () -> store.read(NAME, offset, length));
    }

    @Test
    void aMissingBlobIsSaidToBeMissing() throws IOException {
        store.create(new BlobName("packs/ab/two"), content("x"));

        assertThat(store.find(NAME)).isEmpty();
        assertThat(store.find(new BlobName("packs"))).isEmpty();
        assertCode(ErrorCode.STORE_MISSING, () -> store.open(NAME));
        assertCode(ErrorCode.STORE_MISSING, () -> store.read(NAME, 0, 1));
        assertThatThrownBy(() -> store.read(NAME, 0, 1)).hasMessageContaining(NAME.path());
    }

    @Test
    void listingTellsEveryBlobBelowAFolderAtAnyDepthAndNoOther() {
        List<String> below = List.of("a/one", "a/b/two", "a/b/c/d/e/f/g/three");
        List<String> beside = List.of("ab/four", "a.b", "a-b/five", "six");
        below.forEach(name -> store.create(new BlobName(name), content(name)));
        beside.forEach(name -> store.create(new BlobName(name), content(name)));

        assertThat(list("a")).containsExactlyInAnyOrderElementsOf(below);
        assertThat(list("a/b")).containsExactlyInAnyOrder("a/b/two", "a/b/c/d/e/f/g/three");
        assertThat(list("six")).isEmpty();
    }

    @Test
    void aFolderThatDoesNotExistHasNoBlobs() {
        assertThat(list("nothing/here")).isEmpty();
        store.create(NAME, content("x"));
        assertThat(list("nothing")).isEmpty();
    }

    @Test
    void listingGoesOnWhileBlobsComeAndGo() throws Exception {
        store.create(NAME, content("stays"));
        var running = new AtomicInteger(3);
        Race.run(4, racer -> () -> {
            for (int i = 0; racer < 3 && i < 30; i++) {
                var name = new BlobName("packs/" + racer + "/" + i);
                store.create(name, content("x"));
                if (canDelete()) {
                    assertThat(store.delete(name)).isTrue();
                }
            }
            running.decrementAndGet();
            while (racer == 3 && running.get() > 0) {
                assertThat(list("packs")).contains(NAME.path());
            }
            return true;
        });
    }

    @Test
    void whatWasDeletedIsGoneAndItsNameIsFree() throws IOException {
        store.create(NAME, content("old"));
        if (!canDelete()) {
            assertCode(ErrorCode.DENIED, () -> store.delete(NAME));
            assertThat(text(NAME)).isEqualTo("old");
            return;
        }

        assertThat(store.delete(NAME)).isTrue();

        assertThat(store.find(NAME)).isEmpty();
        assertThat(store.delete(NAME)).isFalse();
        assertThat(store.create(NAME, content("new"))).isEqualTo(Creation.CREATED);
        assertThat(text(NAME)).isEqualTo("new");
    }

    @Test
    void ofTwentyRacingDeletersOneDeletes() throws Exception {
        store.create(NAME, content("x"));
        if (canDelete()) {
            List<Boolean> answers = Race.run(20, racer -> () -> store.delete(NAME));
            assertThat(Collections.frequency(answers, true)).isEqualTo(1);
        }
    }

    @Test
    void agesAreByTheStoresOwnClock() {
        Instant before = store.now();
        store.create(NAME, content("x"));
        Instant after = store.now();

        assertThat(store.find(NAME).orElseThrow().created()).isBetween(before, after);
    }
}
