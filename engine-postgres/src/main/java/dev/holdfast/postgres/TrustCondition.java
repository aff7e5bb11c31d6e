package dev.holdfast.postgres;

import dev.holdfast.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * What must hold between an earlier backup's facts and those of now, so that equal version fingerprints mean equal rows. Those of the
 * server and its database come first; if one is broken, everything is read. The others are of one relation.
 */
enum TrustCondition {
    /** Older versions of Holdfast may have read the same rows as another text. */
    RULES("the backup before is of another version of Holdfast"),
    /** Another cluster, or another database in it, counts its transactions anew. */
    DATABASE("it is another database"),
    /** A standby that was promoted goes on otherwise than the server that it followed. */
    ROLE("the server was promoted, or is a standby now"),
    TIMELINE("the server is on another timeline, or does not say on which"),
    /** The files may have been put back in time while the server was down. */
    START("the server was restarted"),
    /** A crash may have lost commits whose transaction numbers are then given again. */
    CRASH("the server recovered from a crash or its statistics were reset, or it does not say"),
    POSITION("the server is at an earlier position than it was"),
    /** What the earlier backup saw could be lost in a crash. */
    ON_DISK("the server had not written its log when the backup before was taken"),
    /** Transaction numbers have 32 bits in a row. */
    DISTANCE("more than 2^31 transactions have passed"),

    TABLE("it was made anew"),
    FILE("it was emptied or rewritten"),
    COLUMNS("its columns were changed, or the backup before has no fingerprints of it"),
    TYPES("a type of its columns was changed");

    private static final long MOST_TRANSACTIONS = 1L << 31;

    private final String broken;

    TrustCondition(String broken) {
        this.broken = broken;
    }

    /** Whether this is about one relation, and not about the whole database. */
    boolean isOfRelation() {
        return compareTo(TABLE) >= 0;
    }

    /** What is wrong, in a few words for people; empty when the condition holds. */
    Optional<String> brokenBetween(JsonObject before, JsonObject now) {
        return holds(before, now) ? Optional.empty() : Optional.of(broken);
    }

    private boolean holds(JsonObject before, JsonObject now) {
        return switch (this) {
            case RULES -> same("reading_rules", before, now);
            case DATABASE -> same("identity", before, now);
            case ROLE -> same("standby", before, now);
            case TIMELINE -> same("timeline", before, now);
            case START -> same("server_start", before, now);
            case CRASH -> same("statistics_reset", before, now);
            case POSITION -> position(before) <= position(now) && transaction(before) <= transaction(now);
            case ON_DISK -> before.flag("fingerprints_hold");
            case DISTANCE -> transaction(now) - transaction(before) < MOST_TRANSACTIONS;
            case TABLE -> same("oid", before, now);
            case FILE -> same("file", before, now);
            case COLUMNS -> sameLineage("columns", before, now);
            case TYPES -> sameLineage("types", before, now);
        };
    }

    /** Known on both sides, and equal. */
    private static boolean same(String fact, JsonObject before, JsonObject now) {
        return before.has(fact)
                && now.has(fact)
                && Objects.equals(before.members().get(fact), now.members().get(fact));
    }

    private static boolean sameLineage(String fact, JsonObject before, JsonObject now) {
        return before.has("lineage")
                && now.has("lineage")
                && same(fact, before.object("lineage"), now.object("lineage"));
    }

    private static long transaction(JsonObject facts) {
        return Long.parseLong(facts.string("next_transaction"));
    }

    /** A position in the log, which is printed as two hexadecimal halves. */
    static long position(JsonObject facts) {
        String printed = facts.string("wal_position");
        int slash = printed.indexOf('/');
        return Long.parseLong(printed, 0, slash, 16) << 32 | Long.parseLong(printed, slash + 1, printed.length(), 16);
    }
}
