package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RunTest {
    private final Run run = new Run(InstantSource.system(), RunListener.SILENT);
    private final List<String> woken = new ArrayList<>();

    @Test
    void whoWaitsIsWokenWhenTheRunIsBrokenOffAndNotBefore() {
        run.wokenBy(() -> woken.add("one"));
        run.wokenBy(() -> woken.add("other"));
        run.interrupt();
        assertThat(woken).isEmpty();
        assertThatThrownBy(run::checkInterrupted).hasMessage("interrupted");

        run.breakOff();
        assertThat(woken).containsExactly("one", "other");
    }

    @Test
    void aPartIsStoppedWithItsWholeAndHasANameOfItsOwn() {
        Run part = run.part();
        part.wokenBy(() -> woken.add("the part's"));
        run.breakOff();
        assertThat(part.id()).isNotEqualTo(run.id());
        assertThat(woken).contains("the part's");
        assertThatThrownBy(part::checkInterrupted).hasMessage("interrupted");
    }

    @Test
    void whatBeginsAfterTheInterruptPutsBackAndIsNotWoken() {
        run.interrupt();
        run.wokenBy(() -> woken.add("putting back"));
        run.breakOff();
        assertThat(woken).isEmpty();
    }

    @Test
    void aRunThatIsBrokenOffWithoutAWordBeforeIsInterruptedToo() {
        run.breakOff();
        assertThatThrownBy(run::checkInterrupted).hasMessage("interrupted");
    }

    @Test
    void whateverFailsOnceTheRunIsBrokenOffFailsBecauseOfThat() {
        var closed = new HoldfastException(ErrorCode.UNREACHABLE, "closed");
        var left = new HoldfastException(ErrorCode.UNREACHABLE, "left").withAftermath(Aftermath.NOT_PUT_BACK);
        run.interrupt();
        assertThat(run.reason(closed)).isSameAs(closed);
        run.breakOff();
        assertThat(run.reason(closed)).hasMessage("interrupted").hasCause(closed);
        assertThat(run.reason(new IllegalStateException("x"))).hasMessage("interrupted");
        assertThat(run.reason(left)).isSameAs(left);
    }
}
