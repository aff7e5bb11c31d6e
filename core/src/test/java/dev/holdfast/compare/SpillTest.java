package dev.holdfast.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpillTest {
    private static RowMark mark(long key, long row) {
        return new RowMark(0, row, row, key * 31, key);
    }

    /** More than fits into memory: what comes back from disk is what went there. */
    @Test
    void marksThatWentToDiskAreSettledLikeOthers() {
        var random = new Random(1);
        int rows = 700_000;
        try (var folder = new SpillFolder();
                Spill backup = Spill.in(folder, Spill.partsFor(rows));
                Spill other = Spill.in(folder, Spill.partsFor(rows))) {
            assertThat(backup.parts()).isGreaterThan(1);
            List<RowMark> gone = new ArrayList<>();
            List<RowMark> come = new ArrayList<>();
            for (int key = 0; key < rows; key++) {
                gone.add(mark(key, key));
                come.add(mark(key, key % 1000 == 7 ? random.nextInt() - (1L << 40) : key));
            }
            gone.addAll(List.of(mark(-1, 5), mark(-2, 5)));
            come.add(mark(-3, 5));
            java.util.Collections.shuffle(come, random);
            for (int from = 0; from < rows; from += 50_000) {
                backup.add(gone.subList(from, Math.min(from + 50_000, gone.size())));
                other.add(come.subList(from, Math.min(from + 50_000, come.size())));
            }
            backup.add(gone.subList(rows, gone.size()));
            other.add(come.subList(rows, come.size()));

            var settlement = new Settlement(true, 10);
            settlement.settle(backup, other, new Run(InstantSource.system(), RunListener.SILENT));
            assertThat(settlement.changed()).isEqualTo(700);
            assertThat(settlement.deleted()).isEqualTo(2);
            assertThat(settlement.inserted()).isEqualTo(1);
            assertThat(settlement.samples()).hasSize(10);
        }
    }
}
