package dev.holdfast.postgres.testing.random;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Texts that have broken programs before, as far as an encoding has their characters; and how texts are written in SQL. */
final class Texts {
    private static final Map<String, Charset> CHARSETS =
            Map.of("LATIN1", StandardCharsets.ISO_8859_1, "EUC_JP", Charset.forName("EUC-JP"));

    private static final List<String> ODD = List.of(
            "",
            " ",
            "x",
            "\\N",
            "\\.",
            "\\",
            "\\\\",
            "\\x41",
            "\\101",
            "tab\there",
            "line\nbreak",
            "\n",
            "return\r",
            "\r\n",
            "\b\f\u000b",
            "\u0001\u001f\u007f",
            "NULL",
            "null",
            "'",
            "''",
            "\"",
            "\"\"",
            "{}",
            "{a,NULL}",
            "(,)",
            "[1,2)",
            ",",
            ";",
            "$$",
            "$1",
            "%s",
            "--",
            "/*",
            ":x",
            "`id`",
            "\u00e9",
            "e\u0301",
            "\u00df\u00ff",
            "\ud83d\ude00",
            "\ud83d\udc68\u200d\ud83d\udc67",
            "\u05e9\u05dc\u05d5\u05dd",
            "\u202eabc",
            "\u65e5\u672c\u8a9e",
            "\ufeffbom",
            "\u2028",
            "\ud835\udc9c",
            "\uffff",
            " trailing ");

    private static final int LONG = 20;

    private final Charset charset;
    private final List<String> odd;
    private final boolean bytes;

    Texts(String encoding) {
        this.charset = CHARSETS.getOrDefault(encoding, StandardCharsets.UTF_8);
        this.bytes = encoding.equals("SQL_ASCII");
        this.odd = ODD.stream().filter(this::has).toList();
    }

    /** Whether the encoding has all characters of a text. A long one would be cut in the midst of a character where it has only bytes. */
    boolean has(String text) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        return charset.newEncoder().canEncode(text) && (ascii || !bytes || text.length() < LONG);
    }

    /** A text that may be cut after any byte. */
    String cuttable(Draw draw) {
        return bytes ? draw.hex(draw.between(0, 9)) : text(draw);
    }

    /** A short text, odd or not. */
    String text(Draw draw) {
        return switch (draw.between(0, 3)) {
            case 0 -> draw.of(odd);
            case 1 -> draw.of(odd) + draw.of(odd) + draw.of(odd);
            case 2 -> draw.hex(draw.between(1, 40));
            default -> characters(draw, draw.between(1, 12));
        };
    }

    /** Any characters at all. */
    private String characters(Draw draw, int count) {
        var text = new StringBuilder();
        while (text.length() < count) {
            int limit = draw.of(0x7f, 0xff, 0xffff, 0x10ffff);
            int point = draw.between(1, limit);
            String character = Character.toString(point);
            boolean surrogate = point >= 0xd800 && point <= 0xdfff;
            // two encodings differ between Java and PostgreSQL at their edges, which are not what is tested here
            boolean edge = !charset.equals(StandardCharsets.UTF_8) && point > 0x7e;
            if (!surrogate && !edge && has(character)) {
                text.append(character);
            }
        }
        return text.toString();
    }

    /** A text as a literal. */
    static String quoted(String text) {
        if (text.chars().noneMatch(c -> c < ' ' || c == '\\')) {
            return "'" + text.replace("'", "''") + "'";
        }
        var literal = new StringBuilder("E'");
        text.chars().forEach(c -> {
            if (c < ' ') {
                literal.append(String.format("\\x%02x", c));
            } else if (c == '\\' || c == '\'') {
                literal.append((char) c).append((char) c);
            } else {
                literal.append((char) c);
            }
        });
        return literal.append("'").toString();
    }
}
