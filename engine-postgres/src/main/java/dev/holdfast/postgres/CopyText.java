package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.BackupText;
import dev.holdfast.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.Encoding;

/** Rows as COPY's text format has them, and schemas as pg_dump prints them. */
final class CopyText implements BackupText {
    private static final byte[] NULL = {'\\', 'N'};

    /** The line above each entry: its name, type and schema, and whose it is and where. */
    private static final Pattern ENTRY =
            Pattern.compile("^-- Name: (.*); Type: ([A-Z ]+); Schema: (.*?); (Owner: .*)$", Pattern.MULTILINE);

    /** What the tables behind it are made with. */
    private static final Pattern ACCESS_METHOD =
            Pattern.compile("^SET default_table_access_method = (\\S+);$", Pattern.MULTILINE);

    private static final Pattern SETTINGS_AND_FRAME = Pattern.compile(
            "\\A\\n--\\n|(\\nSET default_\\w+ = [^\\n]*;\\n*)*(\\n--(\\n-- PostgreSQL database dump complete\\n--)?\\s*)?\\z");

    private static final String ESCAPES = "bfnrtv";
    private static final String ESCAPED = "\b\f\n\r\t\u000b";

    private final String encoding;
    private final Charset charset;

    /**
     * @param encoding the database's, by the server's name for it; what Java does not know is shown as far as it is UTF-8
     */
    CopyText(String encoding) {
        this.encoding = encoding;
        String known = Encoding.getDatabaseEncoding(encoding).name();
        this.charset = Charset.isSupported(known) ? Charset.forName(known) : UTF_8;
    }

    @Override
    public String encoding() {
        return encoding;
    }

    @Override
    public List<String> columns(JsonObject relation) {
        return relation.strings("columns");
    }

    @Override
    public List<String> key(JsonObject relation) {
        return relation.has("key") ? relation.strings("key") : List.of();
    }

    @Override
    public boolean belongsToSchema(JsonObject relation) {
        return !relation.has("large_objects");
    }

    @Override
    public byte fieldSeparator() {
        return '\t';
    }

    @Override
    public Optional<String> value(byte[] field) {
        if (Arrays.equals(field, NULL)) {
            return Optional.empty();
        }
        var plain = new ByteArrayOutputStream(field.length);
        for (int i = 0; i < field.length; i++) {
            if (field[i] == '\\' && i + 1 < field.length) {
                i++;
                int escape = ESCAPES.indexOf(field[i]);
                plain.write(escape < 0 ? field[i] : ESCAPED.charAt(escape));
            } else {
                plain.write(field[i]);
            }
        }
        return Optional.of(plain.toString(charset));
    }

    @Override
    public String schemaPiece() {
        return "schema.sql";
    }

    @Override
    public SortedMap<String, String> objects(String schema) {
        SortedMap<String, String> objects = new TreeMap<>();
        Matcher entry = ENTRY.matcher(schema);
        boolean found = entry.find();
        String accessMethod = "heap";
        while (found) {
            MatchResult heading = entry.toMatchResult();
            do {
                found = entry.find();
            } while (found && Sql.endsInQuotes(schema.substring(heading.end(), entry.start()))); // part of a comment
            String between = schema.substring(heading.end(), found ? entry.start() : schema.length());
            String method = heading.group(2).equals("TABLE") ? " using " + accessMethod : "";
            if (!SchemaText.isAboutDatabase(
                    heading)) { // goes by the database's name, which differs between one and its copy
                // some objects have no name of their own, such as default privileges
                objects.merge(
                        name(heading),
                        "-- " + heading.group(4) + method + "\n" + statements(between),
                        (first, second) -> first + "\n" + second);
            }
            Matcher setting = ACCESS_METHOD.matcher(between);
            while (setting.find()) {
                accessMethod = setting.group(1);
            }
        }
        return objects;
    }

    private static String name(MatchResult heading) {
        String schema = heading.group(3).equals("-") ? "" : heading.group(3) + ".";
        return heading.group(2) + " " + schema + heading.group(1);
    }

    /** What stands between two headings, without the frames of both, and without settings for what comes next. */
    private static String statements(String between) {
        return SETTINGS_AND_FRAME.matcher(between).replaceAll("").strip();
    }
}
