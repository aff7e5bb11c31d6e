package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The relations of one backup, stored as chunks of JSON lines: first which algorithms the backup's bytes need, then a line for each
 * relation. It is cut at line ends, so that each chunk is a list by itself.
 */
public final class RelationList {
    private static final int CUT = 8 << 20;

    private RelationList() {}

    /** The algorithms of format 1, as each list names them. */
    static JsonObject algorithms() {
        return new JsonObject().put("chunk_id", "sha-256").put("coding", "zstd").put("digest", "xxh3-128-sum");
    }

    /** The chunks of a list, each to be stored as it is. */
    public static List<byte[]> chunks(List<RelationEntry> relations) {
        List<byte[]> chunks = new ArrayList<>();
        ByteArrayOutputStream out = begin();
        for (RelationEntry relation : relations) {
            if (out.size() >= CUT) {
                chunks.add(out.toByteArray());
                out = begin();
            }
            ChunkList.writeLine(out, relation.json());
        }
        chunks.add(out.toByteArray());
        return chunks;
    }

    private static ByteArrayOutputStream begin() {
        var out = new ByteArrayOutputStream();
        ChunkList.writeLine(out, new JsonObject().put("relation_list", 1).put("algorithms", algorithms()));
        return out;
    }

    /** Reads one chunk of a list; bytes that are none are an error with the code {@code DAMAGED}. */
    public static List<RelationEntry> parse(byte[] chunk) {
        List<RelationEntry> relations = new ArrayList<>();
        try {
            Lines.each(chunk, (number, line) -> {
                if (number > 0) {
                    relations.add(RelationEntry.of(line));
                } else if (line.count("relation_list") != 1
                        || !line.object("algorithms").equals(algorithms())) {
                    throw new HoldfastException(
                            ErrorCode.TOO_NEW, "a relation list needs what this version does not know: " + line);
                } else {
                    line.only(Set.of("relation_list", "algorithms"));
                }
            });
        } catch (JsonException e) {
            throw new HoldfastException(ErrorCode.DAMAGED, "a relation list is not readable: " + e.getMessage(), e);
        }
        return relations;
    }
}
