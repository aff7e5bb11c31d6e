package dev.holdfast.repository;

import dev.holdfast.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a backup read of the database, and what it kept of the backup before it because its rows had not changed.
 *
 * @param fullReadAt when everything was last read
 * @param fullRead why this backup read everything; empty when it could keep something
 * @param inFull which relations it read in full, although others could be kept
 */
public record Reuse(Instant fullReadAt, Optional<String> fullRead, Share read, Share kept, List<InFull> inFull) {
    /**
     * A part of all rows.
     *
     * @param bytes of its rows, uncompressed
     */
    public record Share(long ranges, long bytes) {
        private JsonObject json() {
            return new JsonObject().put("ranges", ranges).put("bytes", bytes);
        }

        private static Share of(JsonObject json) {
            json.only(Set.of("ranges", "bytes"));
            return new Share(json.count("ranges"), json.count("bytes"));
        }
    }

    /**
     * Relations that were read in full for the same reason.
     *
     * @param relations how many
     * @param names of some of them
     */
    public record InFull(String why, long relations, List<String> names) {
        public InFull {
            names = List.copyOf(names);
        }

        private JsonObject json() {
            return new JsonObject().put("why", why).put("relations", relations).put("names", names);
        }

        private static InFull of(JsonObject json) {
            json.only(Set.of("why", "relations", "names"));
            return new InFull(json.string("why"), json.count("relations"), json.strings("names"));
        }
    }

    public Reuse {
        inFull = List.copyOf(inFull);
    }

    /** As it stands in the head. */
    public JsonObject json() {
        return new JsonObject()
                .put("full_read_at", fullReadAt.toString())
                .put("full_read", fullRead.orElse(null))
                .put("read", read.json())
                .put("kept", kept.json())
                .put("in_full", inFull.stream().map(InFull::json).toList());
    }

    static Reuse of(JsonObject json) {
        json.only(Set.of("full_read_at", "full_read", "read", "kept", "in_full"));
        return new Reuse(
                Instant.parse(json.string("full_read_at")),
                json.optionalString("full_read"),
                Share.of(json.object("read")),
                Share.of(json.object("kept")),
                json.objects("in_full", InFull::of));
    }
}
