package dev.holdfast.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places to be filled, <code>@name@</code>: each must be, and what is filled in is not looked at again. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("@([a-z_]+)@");

    private final String name;
    private final Map<String, String> values = new HashMap<>();

    /**
     * @param name of the resource
     */
    Template(String name) {
        this.name = name;
    }

    Template with(String place, String value) {
        values.put(place, value);
        return this;
    }

    String text() {
        Matcher place = PLACE.matcher(resource());
        var text = new StringBuilder();
        while (place.find()) {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new HoldfastException(ErrorCode.INTERNAL, name + ": nothing for " + place.group());
            }
            place.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return place.appendTail(text).toString();
    }

    private String resource() {
        try (InputStream in = Template.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new HoldfastException(ErrorCode.INTERNAL, "resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.INTERNAL, "resource " + name + ": " + e.getMessage(), e);
        }
    }
}
