package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.testing.HostileJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadCodecTest {
    private static final Head HEAD = Examples.head(Examples.NAME, Examples.RUN);
    /** Members that may be null or missing. */
    private static final Set<String> OPTIONAL =
            Set.of("/description", "/parent", "/reuse", "/reuse/full_read", "/packs/oldest_unread");

    private static JsonObject json() {
        return Json.object(HeadCodec.bytes(HEAD));
    }

    private static Head parse(byte[] bytes) {
        return HeadCodec.parse(Examples.NAME, bytes);
    }

    private static void assertRefused(ErrorCode code, byte[] bytes) {
        assertThatThrownBy(() -> parse(bytes)).isInstanceOfSatisfying(HoldfastException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining("shop/20260122_171449");
        });
    }

    @Test
    void aHeadComesBackAsItWasWritten() {
        byte[] bytes = HeadCodec.bytes(HEAD);
        Head back = parse(bytes);

        assertThat(back).isEqualTo(HEAD);
        assertThat(HeadCodec.bytes(back)).isEqualTo(bytes);
        assertThat(new String(bytes, UTF_8)).endsWith("}\n");
        assertThat(bytes.length).as("a few kB").isLessThan(4000);
    }

    @Test
    void whatMayBeAbsentMayBeAbsent() {
        var notes = new Notes(Optional.empty(), Map.of(), new JsonObject(), new JsonObject());
        var about = new About(Kind.GUARD, false, Examples.RUN, HEAD.about().times(), notes);
        var contents = new Contents(
                List.of(), List.of(), HEAD.contents().totals(), Optional.empty(), Optional.empty(), List.of());
        var bare = new Head(Examples.NAME, about, HEAD.database(), contents, new NamedPacks(List.of(), List.of()));

        assertThat(parse(HeadCodec.bytes(bare))).isEqualTo(bare);
    }

    @Test
    void aHeadOfAnotherNameIsNotThisBackup() {
        var other = new BackupName(Examples.SHOP, Examples.ID.next());
        assertThatThrownBy(() -> HeadCodec.parse(other, HeadCodec.bytes(HEAD)))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DAMAGED));
    }

    @Test
    void aFutureFormatIsTooNewWhateverElseItHolds() {
        assertRefused(ErrorCode.TOO_NEW, Json.bytes(json().put("format", 2)));
        assertRefused(ErrorCode.TOO_NEW, Json.bytes(json().put("format", 2).put("later", true)));
        assertRefused(ErrorCode.TOO_NEW, Json.bytes(json().put("needs", List.of("encryption"))));
    }

    @Test
    void everySpoiledMemberIsReadAsItStandsOrRefusedByAnErrorOfOurs() {
        List<String> accepted = new ArrayList<>();
        var tried = new AtomicInteger();
        HostileJson.spoil(json(), (what, bytes) -> {
            tried.incrementAndGet();
            if (Examples.failureOf(what, () -> parse(bytes)).isEmpty()) {
                accepted.add(what);
            }
        });

        assertThat(tried).hasValueGreaterThan(800);
        assertThat(accepted)
                .filteredOn(what -> what.endsWith(" is missing") || what.endsWith(" = null"))
                .allMatch(
                        what -> OPTIONAL.contains(what.replaceAll(" .*", "")) || isTheEnginesOwn(what) || isFree(what));
        assertThat(accepted).filteredOn(what -> what.endsWith(" is double")).isEmpty();
        assertThat(accepted)
                .filteredOn(what -> what.endsWith("/surprise is there"))
                .allMatch(what -> isTheEnginesOwn(what) || isFree(what) || what.startsWith("/tags"));
        assertThat(accepted)
                .filteredOn(what -> what.endsWith("= ../../etc/passwd"))
                .as(
                        "only words for people may be anything, and names of packs, which are looked at when they are asked for")
                .allMatch(
                        what -> isTheEnginesOwn(what)
                                || isFree(what)
                                || what.matches(
                                        "/(description|tags/.*|reuse/full_read|reuse/in_full\\[0\\]/(why|names\\[.\\])|findings\\[0\\]/.*|packs/oldest_unread|packs/groups\\[0\\]/packs\\[.\\]) = .*"));
    }

    /** Facts that only the engine reads, product and identity apart. */
    private static boolean isTheEnginesOwn(String what) {
        return what.startsWith("/database/identity/") || what.matches("/database/(surprise|product =).*");
    }

    /** Free members: who took the backup, and which tags it has. */
    private static boolean isFree(String what) {
        return what.startsWith("/by/") || what.startsWith("/project/") || what.matches("/tags/[a-z]+ is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "/etc/passwd", "a\\b", "a\0b", "a\nb"})
    void aPieceIsAFileNameAndNoPath(String name) {
        JsonObject spoiled = json();
        spoiled.put(
                "pieces",
                List.of(new JsonObject().put("name", name).put("bytes", 1).put("chunks", List.of())));
        assertRefused(ErrorCode.DAMAGED, Json.bytes(spoiled));
    }

    /** Whoever looks for a parent asks these of every head. */
    @ParameterizedTest
    @ValueSource(strings = {"product", "identity"})
    void aHeadWithoutProductOrIdentityIsDamaged(String member) {
        JsonObject spoiled = json();
        spoiled.object("database").members().remove(member);
        assertRefused(ErrorCode.DAMAGED, Json.bytes(spoiled));
    }

    @Test
    void whatIsNoJsonIsDamaged() {
        byte[] bytes = HeadCodec.bytes(HEAD);
        for (int length = 0; length < bytes.length - 1; length += 7) {
            assertRefused(ErrorCode.DAMAGED, java.util.Arrays.copyOf(bytes, length));
        }
    }
}
