package dev.holdfast.project;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How far a database's migrations got, as the tool's table tells.
 *
 * @param latest the version that the database is at; empty when no migration was applied
 * @param applied how many were; empty where the tool does not record that
 * @param failed the versions of those that failed
 */
record Standing(Optional<String> latest, Optional<Long> applied, List<String> failed) {
    static final Comparator<String> VERSIONS = new VersionOrder();

    Standing {
        failed = List.copyOf(failed);
    }

    /** Every row is a migration that was applied, and the highest version is the latest. */
    static Standing allApplied(List<HistoryRow> rows, String version) {
        return of(rows, row -> row.text(version), row -> true, row -> false);
    }

    /** The highest version of those that were applied is the latest. */
    static Standing of(
            List<HistoryRow> rows,
            Function<HistoryRow, String> version,
            Predicate<HistoryRow> applied,
            Predicate<HistoryRow> failed) {
        return of(rows, version, applied, failed, Comparator.comparing(version, VERSIONS));
    }

    static Standing of(
            List<HistoryRow> rows,
            Function<HistoryRow, String> version,
            Predicate<HistoryRow> applied,
            Predicate<HistoryRow> failed,
            Comparator<HistoryRow> order) {
        return new Standing(
                rows.stream().filter(applied).max(order).map(version).filter(latest -> !latest.isEmpty()),
                Optional.of(rows.stream().filter(applied).count()),
                rows.stream().filter(failed).sorted(order).map(version).toList());
    }
}
