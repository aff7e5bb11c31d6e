package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.error.Aftermath;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last resort: a run that does not even end when it is broken off. */
final class InterruptsTest {
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final List<Integer> halted = new ArrayList<>();
    private final Run run = new Run(InstantSource.system(), RunListener.SILENT);
    private final Interrupts interrupts =
            new Interrupts(Duration.ZERO, new PrintStream(words, true, UTF_8), halted::add);

    @Test
    void aRunThatChangesNoDatabaseSaysSoAndEndsByItsSignal() {
        interrupts.stopAndWait(run, Aftermath.UNTOUCHED);
        assertThat(words.toString(UTF_8))
                .contains("holdfast: interrupted")
                .contains("the databases are untouched")
                .doesNotContain("holdfast_restore_");
        assertThat(halted).isEmpty();
    }

    @Test
    void aRunThatMakesADatabaseSaysWhatMayBeLeftAndThatItIsNotPutBack() {
        interrupts.stopAndWait(run, Aftermath.NOT_PUT_BACK);
        assertThat(words.toString(UTF_8))
                .contains("may be left")
                .contains("hint: ")
                .contains("holdfast_restore_");
        assertThat(halted).containsExactly(ExitCode.NOT_PUT_BACK);
    }

    @Test
    void aRunThatEndsWhenItsConnectionsAreBrokenOffHasItsOwnLastWord() {
        assertThat(interrupts.isEnding()).isFalse();
        run.wokenBy(() -> interrupts.finished(ExitCode.INTERRUPTED));
        interrupts.stopAndWait(run, Aftermath.NOT_PUT_BACK);
        assertThat(interrupts.isEnding()).isTrue();
        assertThat(words.toString(UTF_8)).isEmpty();
        assertThat(halted).isEmpty();
    }
}
