package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.repository.Head;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what one condition is for: two repositories have a backup of the same moment; later the next backup into one of them is taken
 * without looking at the condition, and the next one into the other with it.
 */
final class BesideAFullRead {
    private final SecondBackups checked;
    private final SecondBackups unchecked;

    /**
     * @param unchecked conditions that are not cared for when the first backups are taken
     */
    BesideAFullRead(TestServer server, String url, TrustCondition... unchecked) {
        this.checked = new SecondBackups(server, url);
        this.unchecked = new SecondBackups(server, url);
        this.checked.take(unchecked);
        this.unchecked.take(unchecked);
    }

    BesideAFullRead(TestDatabase database) {
        this(database.server(), database.url());
    }

    /**
     * The next backup has wrong rows of the table without the condition, and right ones with it.
     *
     * @param overlapping other conditions that would catch the same, not looked at
     */
    void needs(TrustCondition condition, String table, TrustCondition... overlapping) {
        needsAt(checked.url(), condition, table, overlapping);
    }

    void needsAt(String url, TrustCondition condition, String table, TrustCondition... overlapping) {
        List<TrustCondition> neither = new ArrayList<>(List.of(overlapping));
        neither.add(condition);
        Head wrong = unchecked.takeAt(url, neither.toArray(TrustCondition[]::new));
        assertThat(unchecked.wrongAt(url, wrong))
                .as("wrong without %s", condition)
                .contains(table);
        assertThat(SecondBackups.reuse(wrong).kept().ranges()).isPositive();
        Head right = checked.takeAt(url, overlapping);
        assertThat(checked.wrongAt(url, right)).as("wrong with %s", condition).isEmpty();

        var full = new SecondBackups(checked.server(), url);
        var digests = full.tallies(full.take());
        assertThat(checked.tallies(right)).isEqualTo(digests);
        assertThat(unchecked.tallies(wrong).get(table)).isNotEqualTo(digests.get(table));
    }
}
