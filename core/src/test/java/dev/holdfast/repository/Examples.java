package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.RunId;
import dev.holdfast.run.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.Assertions;

/** Values of the format with something in each of their members. */
final class Examples {
    static final RunId RUN = new RunId("0123456789abcdef0123456789abcdef");
    static final Holder HOLDER = new Holder("host", "boot", 42);
    static final SourceName SHOP = new SourceName("shop");
    static final BackupId ID = BackupId.parse("20260122_171449").orElseThrow();
    static final BackupName NAME = new BackupName(SHOP, ID);
    static final Instant TIME = Instant.parse("2026-01-22T17:14:49Z");

    private Examples() {}

    static Sha256 digest(String of) {
        return Sha256.of(of.getBytes(StandardCharsets.UTF_8));
    }

    static Place place(int number) {
        return new Place(digest("chunk" + number), digest("pack" + number % 3), number * 100L, 100, 1000 + number);
    }

    static KnownPack pack(int number) {
        return new KnownPack(digest("pack" + number), 1000L + number, TIME);
    }

    static Tally tally(Random random) {
        return new Tally(random.nextInt(1_000_000), random.nextLong(), random.nextLong());
    }

    static ChunkList chunkList(Random random, int ranges) {
        List<RangeEntry> entries = new ArrayList<>();
        for (int i = 0; i < ranges; i++) {
            List<Place> places = new ArrayList<>();
            for (int chunk = random.nextInt(3); chunk >= 0; chunk--) {
                places.add(place(random.nextInt(1000)));
            }
            entries.add(new RangeEntry(
                    new JsonObject().put("from", i),
                    tally(random),
                    Optional.of("f" + i).filter(any -> random.nextBoolean()),
                    places));
        }
        return new ChunkList(entries);
    }

    static RelationEntry relation(Random random, String name) {
        return new RelationEntry(
                name, new JsonObject().put("oid", 16384), tally(random), 12345, 3, List.of(place(1), place(2)));
    }

    static JsonObject database() {
        return new JsonObject().put("product", "memory").put("identity", new JsonObject().put("system", "1"));
    }

    static NamedPacks namedPacks() {
        return new NamedPacks(
                List.of(pack(0)),
                List.of(
                        PackGroup.of(TIME.minusSeconds(60), List.of(pack(1), pack(2))),
                        PackGroup.of(TIME.minusSeconds(90), List.of(pack(3)), List.of(place(9)))));
    }

    static Head head(BackupName name, RunId run) {
        var notes = new Notes(
                Optional.of("before \u00fc"),
                Map.of("ticket", "7", "a", "b"),
                new JsonObject().put("user", "me"),
                new JsonObject().put("git", "main"));
        return new Head(
                name,
                new About(Kind.MANUAL, true, run, new Times(TIME, TIME.plusMillis(1), TIME.plusSeconds(5)), notes),
                database(),
                new Contents(
                        List.of(place(4)),
                        List.of(new Piece("schema.dump", 77, List.of(place(5)))),
                        new Totals(1, 2, 3, 4, 5),
                        Optional.of(new Reuse(
                                Instant.parse("2026-01-20T00:00:00Z"),
                                Optional.of("why"),
                                new Reuse.Share(1, 2),
                                new Reuse.Share(3, 4),
                                List.of(new Reuse.InFull("reason", 2, List.of("a", "b"))))),
                        BackupId.parse("20260121_000000"),
                        List.of(new Finding(Severity.WARNING, "left_out", "table t", "t is left out"))),
                namedPacks());
    }

    /** Runs something over hostile bytes: it may succeed or say what is wrong, but never with an exception that is not ours. */
    static Optional<HoldfastException> failureOf(String what, Runnable action) {
        try {
            action.run();
            return Optional.empty();
        } catch (HoldfastException e) {
            Assertions.assertThat(e.code()).as(what).isIn(Set.of(ErrorCode.DAMAGED, ErrorCode.TOO_NEW));
            return Optional.of(e);
        } catch (RuntimeException e) {
            throw new AssertionError("an exception that is not ours at " + what + ": " + e, e);
        }
    }
}
