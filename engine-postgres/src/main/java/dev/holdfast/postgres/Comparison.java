package dev.holdfast.postgres;

import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Relation;
import dev.holdfast.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** A moment beside an earlier backup: which relations can be compared by version fingerprints, and why the others are read in full. */
final class Comparison {
    private final Earlier earlier;
    private final JsonObject now;
    private final Map<Long, RowLineage> lineages;
    private final Set<TrustCondition> unchecked;
    private final long pagesInRange;
    private final Optional<String> fullRead;

    /**
     * @param now facts of the server and the database, as they will stand in the head
     * @param lineages of the moment's tables, by their oids
     * @param unchecked conditions that are taken to hold; none, but for tests of what each of them is for
     * @param pagesInRange of how many pages the ranges of a relation are that the earlier backup did not cut
     */
    Comparison(
            Earlier earlier,
            JsonObject now,
            Map<Long, RowLineage> lineages,
            Set<TrustCondition> unchecked,
            long pagesInRange) {
        this.earlier = earlier;
        this.now = now;
        this.lineages = lineages;
        this.unchecked = unchecked;
        this.pagesInRange = pagesInRange;
        this.fullRead = earlier.fullRead()
                .or(() -> broken(Predicate.not(TrustCondition::isOfRelation), earlier.database(), now));
    }

    /** Why nothing is kept at all. */
    Optional<String> fullRead() {
        return fullRead;
    }

    /** How much log was written since the earlier backup; empty where the two are not of one history. */
    OptionalLong writtenSince() {
        return fullRead.isPresent()
                ? OptionalLong.empty()
                : OptionalLong.of(TrustCondition.position(now) - TrustCondition.position(earlier.database()));
    }

    private Optional<String> broken(Predicate<TrustCondition> which, JsonObject before, JsonObject now) {
        return Arrays.stream(TrustCondition.values())
                .filter(which)
                .filter(condition -> !unchecked.contains(condition))
                .flatMap(condition -> condition.brokenBetween(before, now).stream())
                .findFirst();
    }

    /** A table of the moment as a relation. */
    Relation relation(Table table, boolean byRanges) {
        Optional<String> never = neverCompared(table);
        JsonObject facts = table.facts();
        if (never.isEmpty()) {
            facts.put("lineage", lineage(table).json());
        }
        Optional<JsonObject> before = earlier.relation().apply(table.displayName());
        Optional<String> why = fullRead.or(() -> never).or(() -> why(before, facts));
        Optional<Long> step = why.isPresent()
                ? Optional.empty()
                : before.filter(known -> known.has("range_pages")).map(known -> known.count("range_pages"));
        return table.relation(facts, byRanges, step.orElseGet(() -> table.usualStep(pagesInRange)), why);
    }

    private Optional<String> why(Optional<JsonObject> before, JsonObject now) {
        if (before.isEmpty()) {
            return Optional.of("it is new");
        }
        return broken(TrustCondition::isOfRelation, before.get(), now);
    }

    /** Whether some column's text can change when another object is renamed. */
    boolean hasNamesOfOthers() {
        return lineages.values().stream().anyMatch(RowLineage::namesOthers);
    }

    private RowLineage lineage(Table table) {
        return Objects.requireNonNull(lineages.get(table.oid()), table::displayName);
    }

    private Optional<String> neverCompared(Table table) {
        Optional<String> ofSource = table.source().neverCompared();
        if (ofSource.isPresent()) {
            return ofSource;
        }
        if (!table.layout().heap()) {
            return Optional.of("it may only be read column by column, or is no heap");
        }
        return lineage(table).namesOthers()
                ? Optional.of(
                        "a column holds names of other objects (regclass, aclitem and the like), or is of a type that somebody made")
                : Optional.empty();
    }
}
