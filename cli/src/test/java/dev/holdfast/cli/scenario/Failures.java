package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Ran;

/** What every failure must look like. */
final class Failures {
    private Failures() {}

    /** One line that says what, one that says what to do, no stack trace, nothing on standard output. */
    static void assertClear(Ran ran, int exit) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines().filter(line -> line.startsWith("holdfast: ")))
                .as(ran.err())
                .hasSize(1);
        assertThat(ran.err().lines().filter(line -> line.startsWith("hint: ")))
                .as(ran.err())
                .hasSize(1);
        assertThat(ran.err())
                .doesNotContain("\tat ")
                .doesNotContain("Exception")
                .doesNotContain("unforeseen");
    }
}
