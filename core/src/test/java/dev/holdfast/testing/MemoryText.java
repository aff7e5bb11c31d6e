package dev.holdfast.testing;

import dev.holdfast.engine.BackupText;
import dev.holdfast.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Records of fields between bars; an empty field is null. A schema has an object on each line, its name before a colon. */
public final class MemoryText implements BackupText {
    @Override
    public String encoding() {
        return "UTF8";
    }

    @Override
    public List<String> columns(JsonObject relation) {
        return relation.has("columns") ? relation.strings("columns") : List.of("record");
    }

    @Override
    public List<String> key(JsonObject relation) {
        return relation.has("key") ? relation.strings("key") : List.of();
    }

    @Override
    public boolean belongsToSchema(JsonObject relation) {
        return !relation.has("only_rows");
    }

    @Override
    public byte fieldSeparator() {
        return '|';
    }

    @Override
    public Optional<String> value(byte[] field) {
        return field.length == 0 ? Optional.empty() : Optional.of(new String(field, StandardCharsets.UTF_8));
    }

    @Override
    public String schemaPiece() {
        return "schema.txt";
    }

    @Override
    public SortedMap<String, String> objects(String schema) {
        SortedMap<String, String> objects = new TreeMap<>();
        schema.lines().forEach(line -> objects.put(line.replaceAll(":.*", ""), line));
        return objects;
    }
}
