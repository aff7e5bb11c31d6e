package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatsTest {
    @Test
    void theMedianOfAnOddRowIsItsMiddle() {
        assertThat(Stats.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Stats(1, 4, 9));
    }

    @Test
    void theMedianOfAnEvenRowIsBetweenItsTwoMiddles() {
        assertThat(Stats.of(List.of(8.0, 1.0, 4.0, 2.0)).median()).isEqualTo(3.0);
    }

    @Test
    void theSpreadIsAShareOfTheMedian() {
        assertThat(new Stats(3, 4, 5).spread()).isEqualTo(0.5);
        assertThat(new Stats(0, 0, 0).spread()).isZero();
    }

    @Test
    void ratiosAreThoseOfMedians() {
        assertThat(new Stats(1, 3, 100).ratioTo(new Stats(1, 4, 5))).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void noFiguresHaveNoStats() {
        assertThatThrownBy(() -> Stats.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
