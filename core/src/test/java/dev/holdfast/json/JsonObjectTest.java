package dev.holdfast.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonObjectTest {
    private static final Map<String, String> VALUES = Map.of(
            "string", "\"x\"",
            "count", "7",
            "flag", "true",
            "object", "{}",
            "objects", "[{}]",
            "strings", "[\"x\"]",
            "float", "1.5",
            "negative", "-1",
            "mixed", "[\"x\",{}]",
            "nulls", "[null]");

    private static final Map<String, Function<JsonObject, Object>> READERS = Map.of(
            "string", object -> object.string("m"),
            "count", object -> object.count("m"),
            "flag", object -> object.flag("m"),
            "object", object -> object.object("m"),
            "objects", object -> object.objects("m", Function.identity()),
            "strings", object -> object.strings("m"));

    static Stream<Arguments> wrongTypes() {
        return READERS.keySet().stream()
                .flatMap(reader -> VALUES.keySet().stream()
                        .filter(value -> !value.equals(reader))
                        .map(value -> Arguments.of(reader, value)));
    }

    private static JsonObject with(String value) {
        return Json.object(("{\"m\":" + value + "}").getBytes(UTF_8));
    }

    private static Object read(String reader, JsonObject object) {
        return READERS.getOrDefault(reader, JsonObject::members).apply(object);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("wrongTypes")
    void aMemberOfTheWrongTypeIsRefusedByName(String reader, String value) {
        assertThatThrownBy(() -> read(reader, with(VALUES.getOrDefault(value, ""))))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("'m'");
    }

    static Stream<String> readers() {
        return READERS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aMissingMemberAndANullAreRefusedByName(String reader) {
        for (JsonObject object : List.of(new JsonObject(), with("null"))) {
            assertThatThrownBy(() -> read(reader, object))
                    .isInstanceOf(JsonException.class)
                    .hasMessageContaining("'m' is missing");
        }
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aMemberOfTheRightTypeIsRead(String reader) {
        assertThat(read(reader, with(VALUES.getOrDefault(reader, "")))).isNotNull();
    }

    @Test
    void aCountIsNeverBelowZero() {
        assertThat(with("0").count("m")).isZero();
        assertThat(with("9223372036854775807").count("m")).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> with("-1").count("m")).hasMessageContaining("below zero");
        assertThatThrownBy(() -> with("1.0").count("m")).hasMessageContaining("whole number");
    }

    @Test
    void emptyArraysAreEmptyLists() {
        assertThat(with("[]").strings("m")).isEmpty();
        assertThat(with("[]").objects("m", Function.identity())).isEmpty();
    }

    @Test
    void whatIsOptionalMayBeMissingOrNullButNotOfAnotherType() {
        assertThat(new JsonObject().optionalString("m")).isEmpty();
        assertThat(with("null").optionalString("m")).isEmpty();
        assertThat(with("\"x\"").optionalString("m")).contains("x");
        assertThatThrownBy(() -> with("1").optionalString("m")).isInstanceOf(JsonException.class);
        assertThat(with("null").optionalObject("m")).isEmpty();
        assertThat(with("{}").optionalObject("m")).contains(new JsonObject());
        assertThatThrownBy(() -> with("[]").optionalObject("m")).isInstanceOf(JsonException.class);
    }

    @Test
    void anUnknownMemberIsRefusedByName() {
        var object = new JsonObject().put("a", 1).put("surprise", 2);
        assertThat(object.only(Set.of("a", "surprise", "more"))).isSameAs(object);
        assertThatThrownBy(() -> object.only(Set.of("a")))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("'surprise'");
    }

    @Test
    void whatHasNoJsonFormIsRefusedWhenItIsPut() {
        assertThatThrownBy(() -> new JsonObject().put("m", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("m");
        assertThatThrownBy(() -> new JsonObject().put("m", 'x')).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equalMembersInAnotherOrderAreEqual() {
        var one = new JsonObject().put("a", 1).put("b", List.of("x"));
        var other = new JsonObject().put("b", List.of("x")).put("a", 1L);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).isNotEqualTo(new JsonObject().put("a", 1));
    }

    @Test
    void anAbsentValueIsNotWritten() {
        var object = new JsonObject().putIfPresent("a", Optional.empty()).putIfPresent("b", Optional.of("x"));
        assertThat(object).hasToString("{\"b\":\"x\"}");
    }
}
