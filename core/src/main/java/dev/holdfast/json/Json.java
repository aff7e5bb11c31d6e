package dev.holdfast.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link JsonObject}s. Strict: a double key, trailing bytes or deep nesting is an error. Safe for several threads. */
public final class Json {
    private static final int DEEPEST = 50;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CHARSET_DETECTION) // UTF-8 and nothing else
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE) // whatever can be written can be read
                    .build())
            .build();

    private Json() {}

    /** Reads one object that fills the bytes. */
    public static JsonObject object(byte[] utf8) {
        return object(utf8, 0, utf8.length);
    }

    /** Reads one object that fills the given part of the bytes. */
    public static JsonObject object(byte[] utf8, int offset, int length) {
        try (JsonParser parser = FACTORY.createParser(utf8, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonException("not a JSON object");
            }
            var object = readObject(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("something follows the JSON object");
            }
            return object;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new JsonException("not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new JsonException("not valid JSON: " + e.getMessage(), e);
        }
    }

    private static JsonObject readObject(JsonParser parser) throws IOException {
        var object = new JsonObject();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, readValue(parser));
        }
        return object;
    }

    private static @Nullable Object readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(readValue(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonException("not valid JSON: unexpected " + parser.currentToken());
        };
    }

    private static double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new JsonException("not valid JSON: a number is too large");
        }
        return number;
    }

    /** The object as compact JSON in UTF-8, members in their order. */
    public static byte[] bytes(JsonObject object) {
        return text(object).getBytes(UTF_8);
    }

    /** The object as compact JSON, members in their order. */
    public static String text(JsonObject object) {
        var text = new StringWriter();
        write(object, text, false);
        return text.toString();
    }

    /** The object as JSON on several lines, for people. */
    public static String prettyText(JsonObject object) {
        var text = new StringWriter();
        write(object, text, true);
        return text.toString();
    }

    private static void write(JsonObject object, Writer to, boolean pretty) {
        try (JsonGenerator generator = FACTORY.createGenerator(to)) {
            if (pretty) {
                generator.useDefaultPrettyPrinter();
            }
            writeValue(object, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("writing JSON to memory", e);
        }
    }

    private static void writeValue(@Nullable Object value, JsonGenerator to) throws IOException {
        if (value == null) {
            to.writeNull();
        } else if (value instanceof JsonObject object) {
            to.writeStartObject();
            for (Map.Entry<String, @Nullable Object> member : object.members().entrySet()) {
                to.writeFieldName(member.getKey());
                writeValue(member.getValue(), to);
            }
            to.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            to.writeStartArray();
            for (Object item : items) {
                writeValue(item, to);
            }
            to.writeEndArray();
        } else if (value instanceof String text) {
            to.writeString(text);
        } else if (value instanceof Long number) {
            to.writeNumber(number);
        } else if (value instanceof Integer number) {
            to.writeNumber(number);
        } else if (value instanceof Double number) {
            to.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            to.writeBoolean(flag);
        } else {
            throw new IllegalArgumentException("no JSON form of " + value.getClass());
        }
    }
}
