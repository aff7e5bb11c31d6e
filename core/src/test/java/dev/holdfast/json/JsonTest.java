package dev.holdfast.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Blobs;
import dev.holdfast.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static JsonObject parse(String text) {
        return Json.object(text.getBytes(UTF_8));
    }

    static Stream<String> notOneObject() {
        return Stream.of(
                "",
                " ",
                "null",
                "true",
                "1",
                "\"a\"",
                "[]",
                "[{}]",
                "{",
                "}",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":}",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":[1,]}",
                "{\"a\":[1}",
                "{\"a\":[",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x10}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":nul}",
                "{\"a\":True}",
                "{\"a\":'x'}",
                "{\"a\":\"x}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":1}{}",
                "{\"a\":1} x",
                "{\"a\":1}\0",
                "{\"a\":1},",
                "{} {}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{} // comment",
                "/* comment */ {}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":[{\"b\":1,\"b\":1}]}");
    }

    @ParameterizedTest
    @MethodSource("notOneObject")
    void whatIsNotExactlyOneObjectIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999",
                "1e999",
                "-1e999",
                "1e99999999999"
            })
    void aNumberThatDoesNotFitIsRefusedInsteadOfBent(String number) {
        assertThatThrownBy(() -> parse("{\"a\":" + number + "}")).isInstanceOf(JsonException.class);
    }

    @Test
    void aNumberOfAMillionDigitsIsRefused() {
        assertThatThrownBy(() -> parse("{\"a\":" + "9".repeat(1_000_000) + "}")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> parse("{\"a\":0." + "9".repeat(1_000_000) + "}"))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void deepNestingIsRefusedBeforeItCostsTheStack() {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThatThrownBy(() -> parse(deep)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> parse("{\"a\":".repeat(100_000))).isInstanceOf(JsonException.class);

        assertThat(parse("{\"a\":" + "[".repeat(49) + "]".repeat(49) + "}").has("a"))
                .isTrue();
        assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}"))
                .isInstanceOf(JsonException.class);
    }

    static Stream<byte[]> notUtf8() {
        String text = "{\"a\":\"\u00fc\"}";
        var lone = "{\"a\":\"?\"}".getBytes(UTF_8);
        lone[6] = (byte) 0x80;
        var never = lone.clone();
        never[6] = (byte) 0xff;
        var cut = lone.clone();
        cut[6] = (byte) 0xe2;
        return Stream.of(text.getBytes(ISO_8859_1), text.getBytes(UTF_16BE), text.getBytes(UTF_16LE), lone, never, cut);
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void bytesThatAreNotUtf8AreRefused(byte[] bytes) {
        assertThatThrownBy(() -> Json.object(bytes)).isInstanceOf(JsonException.class);
    }

    @Test
    void aPartOfTheBytesIsReadAlone() {
        byte[] bytes = "xx{\"a\":1}yy".getBytes(UTF_8);
        assertThat(Json.object(bytes, 2, 7)).isEqualTo(new JsonObject().put("a", 1));
        assertThatThrownBy(() -> Json.object(bytes, 2, 8)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.object(bytes, 2, 6)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.object(bytes, 2, 0)).isInstanceOf(JsonException.class);
    }

    @Test
    void everyStringComesBackAsItWas() {
        var object = new JsonObject();
        for (String text : List.of(
                "",
                " ",
                "\0",
                "\n\r\t",
                "\"",
                "\\",
                "/",
                "\u2028",
                "\u202e",
                "\ud83d\ude00",
                "\uffff",
                "x".repeat(100_000))) {
            object.put("key " + object.members().size() + text, text);
        }
        assertThat(Json.object(Json.bytes(object))).isEqualTo(object);
        assertThat(Json.object(Json.prettyText(object).getBytes(UTF_8))).isEqualTo(object);
    }

    @Test
    void membersKeepTheirOrder() {
        assertThat(Json.text(parse("{\"b\":1,\"a\":{\"d\":[],\"c\":null}}")))
                .isEqualTo("{\"b\":1,\"a\":{\"d\":[],\"c\":null}}");
    }

    @Test
    void whateverIsWrittenIsReadBackEqual() {
        Seeds.of("JsonTest.whateverIsWrittenIsReadBackEqual").rounds(300, random -> {
            JsonObject object = randomObject(random, 4);
            byte[] bytes = Json.bytes(object);
            assertThat(Json.object(bytes)).isEqualTo(object);
            assertThat(Json.bytes(Json.object(bytes))).isEqualTo(bytes);
        });
    }

    @Test
    void aFlippedBitGivesAnObjectOrAJsonExceptionAndNoOther() {
        Seeds.of("JsonTest.aFlippedBit").rounds(2000, random -> {
            byte[] bytes = Blobs.flipped(Json.bytes(randomObject(random, 3)), random);
            Optional<JsonObject> read;
            try {
                read = Optional.of(Json.object(bytes));
            } catch (JsonException e) {
                read = Optional.empty();
            }
            // the parser takes UTF-8 forms of surrogates, which have no way back
            read.filter(object -> isUtf8(bytes))
                    .ifPresent(object ->
                            assertThat(Json.object(Json.bytes(object))).isEqualTo(object));
        });
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).hasArray();
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static JsonObject randomObject(Random random, int depth) {
        var object = new JsonObject();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put("k" + random.nextInt(1000), randomValue(random, depth));
        }
        return object;
    }

    private static Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextGaussian() * 1e10;
            case 2 -> random.nextBoolean();
            case 3 -> randomText(random);
            case 4 -> randomObject(random, depth - 1);
            default -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(randomValue(random, depth - 1));
                }
                yield items;
            }
        };
    }

    private static String randomText(Random random) {
        int[] points = random.ints(random.nextInt(10), 0, 0x10000)
                .filter(point -> !Character.isSurrogate((char) point))
                .toArray();
        return Arrays.stream(points)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
