package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(30)
@EnabledOnOs(OS.LINUX)
final class DescendantsTest {
    private static final long LOOK_EVERY_MILLIS = 10;

    @Test
    void aProcessThatHasEndedIsNotWaitedForThoughItsParentNeverAsksForItsCode() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "cat /dev/null & exec sleep 1000").start();
        try {
            var descendants = new Descendants(parent, "mark");
            while (parent.descendants().findAny().isEmpty()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            List<ProcessHandle> living = descendants.living();
            while (!living.isEmpty()) {
                Thread.sleep(LOOK_EVERY_MILLIS);
                living = descendants.living();
            }
            assertThat(parent.descendants()).hasSize(1);
        } finally {
            parent.destroyForcibly();
        }
    }
}
