package dev.holdfast.postgres.testing.random;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names, most of which need quotes; each is given once. */
final class Names {
    private static final int LONGEST = 63;
    private static final List<String> ODD = List.of(
            "plain",
            "My Table",
            "select",
            "a.b",
            "\ud83d\ude00",
            "new\nline",
            "quo\"te",
            "it's",
            "back\\slash",
            "100%",
            "-dash",
            "$1",
            "tab\there",
            "\u00fcber",
            "\u65e5\u672c",
            " ",
            "semi;colon",
            "--",
            "/*",
            ":colon",
            "{}",
            "a,b",
            "f(x)",
            "NULL",
            "\\.",
            "\\N",
            "e\u0301",
            "\u05e9\u05dc\u05d5\u05dd",
            "UPPER",
            "1",
            "table",
            "user",
            "?",
            "a=b",
            "#",
            "[0]",
            "ctid2",
            "~",
            "return\r",
            "\u0001",
            "x".repeat(LONGEST),
            "\u20ac".repeat(LONGEST / 3),
            "E'x'",
            "public",
            "..",
            "@host",
            "`id`",
            "!");

    private final Draw draw;
    private final Texts texts;
    private final Set<String> taken = new HashSet<>();

    Names(Draw draw, Texts texts) {
        this.draw = draw;
        this.texts = texts;
    }

    /** Names for another scope, in which all are free again. */
    Names anew() {
        return new Names(draw, texts);
    }

    /** Says that a name is given already. */
    Names without(String name) {
        taken.add(name);
        return this;
    }

    /** A name, quoted. */
    String fresh() {
        String name = draw.of(ODD);
        while (!texts.has(name) || !taken.add(name)) {
            String stem = draw.of(ODD);
            String number = String.valueOf(draw.between(0, 99_999));
            name = draw.chance(0.3) ? "t" + number : cut(stem, LONGEST - number.length()) + number;
        }
        return quoted(name);
    }

    private static String cut(String name, int bytes) {
        String rest = name;
        while (rest.getBytes(StandardCharsets.UTF_8).length > bytes) {
            rest = rest.substring(0, rest.offsetByCodePoints(rest.length(), -1));
        }
        return rest;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
