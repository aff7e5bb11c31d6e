package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.RunId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The last frame of a pack: a skippable zstd frame that says which run wrote the pack and which chunks are in it, so that chunks can be
 * found from packs alone. It ends with its own length and a mark, so that it is found from the pack's end.
 *
 * @param chunks in the order of their offsets, without gaps, from 0
 */
record PackFooter(RunId run, List<Entry> chunks) {
    /** One chunk of the pack; lengths and offset in bytes. */
    record Entry(Sha256 chunk, long offset, int length, int rawLength) {
        Place in(Sha256 pack) {
            return new Place(chunk, pack, offset, length, rawLength);
        }
    }

    /** Length and mark, in bytes, at the very end of the pack. */
    static final int TRAILER = 8;

    private static final int SKIPPABLE_FRAME = 0x184D2A50;
    private static final int FRAME_HEADER = 8;
    private static final byte[] MARK = "HFPK".getBytes(US_ASCII);

    PackFooter {
        chunks = List.copyOf(chunks);
    }

    byte[] bytes() {
        List<Object> rows = new ArrayList<>(chunks.size());
        for (Entry entry : chunks) {
            rows.add(List.of(entry.chunk.hex(), entry.offset, (long) entry.length, (long) entry.rawLength));
        }
        byte[] json = Json.bytes(new JsonObject().put("run", run.hex()).put("chunks", rows));
        int length = FRAME_HEADER + json.length + TRAILER;
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(SKIPPABLE_FRAME)
                .putInt(json.length + TRAILER)
                .put(json)
                .putInt(length)
                .put(MARK)
                .array();
    }

    /** The length of the footer frame, read from the pack's last {@link #TRAILER} bytes. */
    static int length(byte[] trailer, long packLength) {
        var buffer = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getInt();
        var mark = new byte[MARK.length];
        buffer.get(mark);
        if (!java.util.Arrays.equals(mark, MARK) || length < FRAME_HEADER + TRAILER || length > packLength) {
            throw damaged("its end mark is missing");
        }
        return length;
    }

    /** Reads the footer frame of a pack in which {@code dataLength} bytes stand before it. */
    static PackFooter parse(byte[] frame, long dataLength) {
        var header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        if (header.getInt() != SKIPPABLE_FRAME || header.getInt() != frame.length - FRAME_HEADER) {
            throw damaged("its footer frame is not one");
        }
        try {
            JsonObject json = Json.object(frame, FRAME_HEADER, frame.length - FRAME_HEADER - TRAILER)
                    .only(Set.of("run", "chunks"));
            var footer = new PackFooter(new RunId(json.string("run")), entries(json));
            footer.checkGapless(dataLength);
            return footer;
        } catch (JsonException | IllegalArgumentException | ArithmeticException e) {
            throw damaged("its footer is not readable: " + e.getMessage());
        }
    }

    private static List<Entry> entries(JsonObject json) {
        List<Entry> entries = new ArrayList<>();
        if (!(json.members().get("chunks") instanceof List<?> rows)) {
            throw new JsonException("member 'chunks' is not an array");
        }
        for (Object row : rows) {
            if (!(row instanceof List<?> cells)
                    || cells.size() != 4
                    || !(cells.get(0) instanceof String chunk)
                    || !(cells.get(1) instanceof Long offset)
                    || !(cells.get(2) instanceof Long length)
                    || !(cells.get(3) instanceof Long raw)) {
                throw new JsonException("member 'chunks' has an item that is no chunk");
            }
            entries.add(new Entry(Sha256.parse(chunk), offset, Math.toIntExact(length), Math.toIntExact(raw)));
        }
        return entries;
    }

    private void checkGapless(long dataLength) {
        long at = 0;
        for (Entry entry : chunks) {
            if (entry.offset != at || entry.length < 1 || entry.rawLength < 0) {
                throw damaged("its chunks do not follow one another");
            }
            at += entry.length;
        }
        if (at != dataLength) {
            throw damaged("its chunks do not fill it");
        }
    }

    private static HoldfastException damaged(String why) {
        return new HoldfastException(ErrorCode.DAMAGED, why);
    }
}
