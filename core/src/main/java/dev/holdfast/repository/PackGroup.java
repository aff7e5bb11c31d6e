package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Packs that a backup names and that were last hashed at the same time. Few packs are named in the group itself; many in a list of their
 * own, shared with other backups as long as it does not change. Either way a line for each, {@code <pack> <length>}, in the order of
 * their names.
 *
 * @param readAt when every byte of them was last hashed
 * @param count how many
 * @param bytes their lengths together
 * @param lines the packs themselves; empty when there is a list
 * @param list the places of the list; empty when there is none
 */
public record PackGroup(Instant readAt, long count, long bytes, List<String> lines, List<Place> list) {
    private static final int PACKS_IN_CHUNK = 100_000;
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) (\\d{1,18})");

    public PackGroup {
        lines = List.copyOf(lines);
        list = List.copyOf(list);
    }

    /** A group that names its packs itself. */
    public static PackGroup of(Instant readAt, List<KnownPack> packs) {
        return new PackGroup(readAt, packs.size(), sum(packs), lines(packs), List.of());
    }

    /** A group whose list stands at the given places. */
    public static PackGroup of(Instant readAt, List<KnownPack> packs, List<Place> list) {
        return new PackGroup(readAt, packs.size(), sum(packs), List.of(), list);
    }

    private static long sum(List<KnownPack> packs) {
        return packs.stream().mapToLong(KnownPack::length).sum();
    }

    private static List<String> lines(List<KnownPack> packs) {
        return packs.stream()
                .sorted(Comparator.comparing(KnownPack::pack))
                .map(pack -> pack.pack().hex() + " " + pack.length())
                .toList();
    }

    /** The chunks of a list of these packs, each to be stored as it is. */
    public static List<byte[]> listChunks(List<KnownPack> packs) {
        List<byte[]> chunks = new ArrayList<>();
        List<String> lines = lines(packs);
        for (int from = 0; from < lines.size(); from += PACKS_IN_CHUNK) {
            List<String> part = lines.subList(from, Math.min(from + PACKS_IN_CHUNK, lines.size()));
            chunks.add((String.join("\n", part) + "\n").getBytes(US_ASCII));
        }
        return chunks;
    }

    /** The packs of the group. */
    List<KnownPack> packs(ChunkReader reader) {
        List<KnownPack> packs = new ArrayList<>();
        lines.forEach(line -> packs.add(parse(line)));
        for (Place place : list) {
            new String(reader.read(place), US_ASCII).lines().forEach(line -> packs.add(parse(line)));
        }
        if (packs.size() != count) {
            throw new HoldfastException(
                    ErrorCode.DAMAGED, "a group of packs names " + packs.size() + " instead of " + count);
        }
        return packs;
    }

    private KnownPack parse(String line) {
        Matcher form = LINE.matcher(line);
        if (!form.matches()) {
            throw new HoldfastException(ErrorCode.DAMAGED, "a list of packs is not readable");
        }
        return new KnownPack(Sha256.parse(form.group(1)), Long.parseLong(form.group(2)), readAt);
    }

    JsonObject json() {
        return new JsonObject()
                .put("read_at", readAt.toString())
                .put("count", count)
                .put("bytes", bytes)
                .put("packs", lines)
                .put("list", list.stream().map(Place::json).toList());
    }

    static PackGroup of(JsonObject json) {
        json.only(Set.of("read_at", "count", "bytes", "packs", "list"));
        return new PackGroup(
                Instant.parse(json.string("read_at")),
                json.count("count"),
                json.count("bytes"),
                json.strings("packs"),
                json.objects("list", Place::of));
    }
}
