package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobNameTest {
    static Stream<String> hostile() {
        return Stream.of(
                "",
                " ",
                ".",
                "..",
                "../x",
                "../../etc/passwd",
                "a/..",
                "a/../b",
                "a/./b",
                "./a",
                "a/.",
                "/a",
                "/",
                "a/",
                "a//b",
                "a\\b",
                "..\\a",
                "C:\\a",
                "C:a",
                "a\0b",
                "a\n",
                "a\nb",
                "..\n/a",
                "a\r",
                "a b",
                "a\tb",
                "~",
                "~root/x",
                "%2e%2e/x",
                "$HOME",
                "a;b",
                "a'b",
                "a\"b",
                "a*",
                "é",
                "\u202eabc",
                "\ud83d\ude00",
                "a\u2215b",
                "\uff0e\uff0e/a",
                "x".repeat(256),
                "x".repeat(4096),
                "a/".repeat(8) + "a",
                "a/" + "b".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aNameThatCouldLeaveTheStoreOrConfuseItIsRefused(String name) {
        assertThatThrownBy(() -> new BlobName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ".gitignore", "...", "a..b", "..a", "a.", "-rf", "_", "a/b/c/d/e/f/g/h", "A-Z.09"})
    void plainNamesAreTaken(String name) {
        assertThat(new BlobName(name).path()).isEqualTo(name);
    }

    @Test
    void theLastPartStandsBehindTheLastSlash() {
        assertThat(new BlobName("a/b/c.json").lastPart()).isEqualTo("c.json");
        assertThat(new BlobName("c.json").lastPart()).isEqualTo("c.json");
    }

    @Test
    void aNameMayBeAsLongAsAFileNameIsAllowedToBe() {
        assertThat(new BlobName("a/" + "b".repeat(255)).lastPart()).hasSize(255);
    }
}
