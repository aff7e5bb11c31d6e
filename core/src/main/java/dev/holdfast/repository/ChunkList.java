package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run of at most {@link #MOST_RANGES} ranges of one relation with the places of their chunks. It is stored as a chunk itself: JSON
 * lines, first the packs, then a line for each range. Equal content gives equal bytes, so that an unchanged list is shared.
 */
public record ChunkList(List<RangeEntry> ranges) {
    public static final int MOST_RANGES = 4096;

    public ChunkList {
        ranges = List.copyOf(ranges);
    }

    /** The list's bytes. */
    public byte[] bytes() {
        Map<Sha256, Long> packs = new LinkedHashMap<>();
        for (RangeEntry range : ranges) {
            for (Place place : range.chunks()) {
                packs.putIfAbsent(place.pack(), (long) packs.size());
            }
        }
        var out = new ByteArrayOutputStream(256 + ranges.size() * 200);
        var names = packs.keySet().stream().map(Sha256::hex).toList();
        writeLine(out, new JsonObject().put("chunk_list", 1).put("packs", names));
        for (RangeEntry range : ranges) {
            List<Object> chunks = new ArrayList<>(range.chunks().size());
            for (Place place : range.chunks()) {
                chunks.add(List.of(
                        place.chunk().hex(),
                        packs.getOrDefault(place.pack(), -1L),
                        place.offset(),
                        (long) place.length(),
                        (long) place.rawLength()));
            }
            var line = new JsonObject().put("range", range.range());
            range.tally().writeTo(line);
            range.fingerprint().ifPresent(fingerprint -> line.put("fingerprint", fingerprint));
            writeLine(out, line.put("chunks", chunks));
        }
        return out.toByteArray();
    }

    static void writeLine(ByteArrayOutputStream out, JsonObject line) {
        out.writeBytes(Json.bytes(line));
        out.write('\n');
    }

    /** Reads a list; bytes that are none are an error with the code {@code DAMAGED}. */
    public static ChunkList parse(byte[] bytes) {
        try {
            List<Sha256> packs = new ArrayList<>();
            List<RangeEntry> ranges = new ArrayList<>();
            Lines.each(bytes, (number, line) -> {
                if (number == 0) {
                    if (line.count("chunk_list") != 1) {
                        throw new HoldfastException(
                                ErrorCode.TOO_NEW,
                                "a chunk list is of version " + line.count("chunk_list")
                                        + ", which this version does not know");
                    }
                    line.only(Set.of("chunk_list", "packs"));
                    line.strings("packs").forEach(hex -> packs.add(Sha256.parse(hex)));
                } else {
                    line.only(Set.of("range", "count", "digest", "fingerprint", "chunks"));
                    ranges.add(new RangeEntry(
                            line.object("range"),
                            Tally.readFrom(line),
                            line.optionalString("fingerprint"),
                            places(line, packs)));
                }
            });
            return new ChunkList(ranges);
        } catch (JsonException | IllegalArgumentException e) {
            throw new HoldfastException(ErrorCode.DAMAGED, "a chunk list is not readable: " + e.getMessage(), e);
        }
    }

    private static List<Place> places(JsonObject line, List<Sha256> packs) {
        if (!(line.members().get("chunks") instanceof List<?> rows)) {
            throw new JsonException("member 'chunks' is not an array");
        }
        List<Place> places = new ArrayList<>(rows.size());
        for (Object row : rows) {
            if (!(row instanceof List<?> cells)
                    || cells.size() != 5
                    || !(cells.get(0) instanceof String chunk)
                    || !(cells.get(1) instanceof Long pack)
                    || !(cells.get(2) instanceof Long offset)
                    || !(cells.get(3) instanceof Long length)
                    || !(cells.get(4) instanceof Long raw)
                    || pack < 0
                    || pack >= packs.size()) {
                throw new JsonException("member 'chunks' has an item that is no chunk");
            }
            places.add(new Place(
                    Sha256.parse(chunk), packs.get(pack.intValue()), offset, Place.size(length), Place.size(raw)));
        }
        return places;
    }
}
