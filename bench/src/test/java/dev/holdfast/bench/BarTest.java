package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bench.Judgment.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BarTest {
    private static final Work WORK = new Work("work", "some work", List.of(), List.of("slow", "fast"), List.of());

    private static Sample sample(double seconds, long peak) {
        return new Sample(
                seconds, Optional.of(new Usage(seconds, 0, Optional.of(peak))), Optional.empty(), Optional.of(10L));
    }

    private static Result result(double ours) {
        return new Result(
                WORK,
                Map.of(
                        "ours", List.of(sample(ours, 100), sample(ours, 300)),
                        "slow", List.of(sample(8, 1)),
                        "fast", List.of(sample(4, 1))),
                Map.of());
    }

    @Test
    void aMultipleIsOfTheFastestPeer() {
        var bar = new Bar.Times("ours", WORK.peers(), 0.5);
        assertThat(bar.judge(result(2)).verdict()).isEqualTo(Verdict.WITHIN);
        assertThat(bar.judge(result(3))).isEqualTo(new Judgment(bar.words(), "0.75 x fast", Verdict.MISSES));
    }

    @Test
    void anAllowanceIsOnTopOfThePeer() {
        var bar = new Bar.Longer("ours", "fast", 0.12);
        assertThat(bar.judge(result(4.1)).verdict()).isEqualTo(Verdict.WITHIN);
        assertThat(bar.judge(result(4.2)).verdict()).isEqualTo(Verdict.MISSES);
    }

    @Test
    void memoryIsJudgedByTheWorstRun() {
        assertThat(new Bar.Memory("ours", 300).judge(result(1)).verdict()).isEqualTo(Verdict.WITHIN);
        assertThat(new Bar.Memory("ours", 299).judge(result(1)).verdict()).isEqualTo(Verdict.MISSES);
    }

    @Test
    void whatWasNotMeasuredIsNotHeld() {
        var unmeasured = new Sample(1, Optional.empty(), Optional.empty(), Optional.empty());
        var result = new Result(WORK, Map.of("ours", List.of(unmeasured)), Map.of());
        assertThat(new Bar.Memory("ours", 300).judge(result).verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(new Bar.Times("ours", WORK.peers(), 1).judge(result).verdict())
                .isEqualTo(Verdict.NOT_MEASURED);
    }

    @Test
    void whoFailsMissesItsBars() {
        var result = new Result(WORK, Map.of("fast", List.of(sample(4, 1))), Map.of("ours", "out of memory"));
        assertThat(new Bar.Times("ours", WORK.peers(), 9).judge(result).verdict())
                .isEqualTo(Verdict.MISSES);
    }
}
