package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.Programs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is destroyed without somebody's yes, and a protected database wants its name; through the launcher, with a terminal and without. */
final class ConsentTest {
    private static final String PLAN = "raze shop\nto the ground\n";

    @TempDir
    private static Path folder;

    private static Launched program;

    @BeforeAll
    static void copy() {
        program = new Launched(folder, AskingMain.class, Map.of());
    }

    private static void assertRefused(Ran ran, String out, String... words) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEqualTo(out);
        assertThat(ran.err())
                .contains("holdfast: nothing was changed: ")
                .contains("hint: ")
                .contains(words);
    }

    @Test
    void withoutATerminalThePlanIsPrintedAndOnlyYesGoesOn() {
        assertRefused(program.piped("", "raze"), PLAN, "nobody was there to agree", "--yes");
        assertRefused(program.piped("yes\n", "raze"), PLAN, "nobody was there to agree");
        assertThat(program.piped("", "raze", "--yes").well().out()).isEqualTo("razed\n");
        assertThat(program.piped("", "raze", "--confirm", "shop").well().out()).isEqualTo("razed\n");
        assertRefused(program.piped("", "raze", "--yes", "--confirm", "Shop"), PLAN, "--confirm Shop is not");
    }

    @Test
    void aDryRunPrintsThePlanAndChangesNothingWhateverElseIsSaid() {
        assertThat(program.piped("", "raze", "--dry-run", "--yes").well().out()).isEqualTo(PLAN);
        assertThat(program.piped("", "raze", "--protected", "--dry-run").well().out())
                .isEqualTo(PLAN);
        var json = program.piped("", "raze", "--json", "--dry-run").well().json();
        assertThat(json.object("plan").string("raze")).isEqualTo("shop");
        assertThat(json.flag("changed")).isFalse();
        assertThat(json.has("error")).isFalse();
    }

    @Test
    void forAProtectedDatabaseYesIsNotEnoughAndItsNameIs() {
        assertRefused(program.piped("", "raze", "--protected", "--yes"), PLAN, "--yes is not enough", "--confirm");
        assertRefused(program.piped("", "raze", "--protected"), PLAN, "--confirm");
        assertThat(program.piped("", "raze", "--protected", "--confirm", "shop")
                        .well()
                        .out())
                .isEqualTo("razed\n");
    }

    @Test
    void asJsonThePlanIsOneObjectAndNobodyIsAsked() {
        Ran ran = program.piped("", "raze", "--json");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.json().object("plan").string("raze")).isEqualTo("shop");
        assertThat(ran.json().object("error").string("code")).isEqualTo("not_confirmed");
        assertThat(program.piped("", "raze", "--json", "--yes").well().out()).isEqualTo("razed\n");
        if (Programs.isHere("script", "nobody is asked where JSON is wanted")) {
            Ran typed = program.typed("yes\n", "raze", "--json");
            assertThat(typed.exit()).isEqualTo(2);
            assertThat(typed.out()).doesNotContain("Type").doesNotContain("razed");
        }
    }

    @Test
    void onATerminalItAsksAndNothingButYesGoesOn() {
        if (Programs.isHere("script", "what is asked on a terminal")) {
            Ran yes = program.typed("yes\n", "raze").well();
            assertThat(yes.out())
                    .contains("to the ground")
                    .contains("Type yes to go on: ")
                    .contains("razed");
            for (String other : new String[] {"", "\n", "y\n", "no\n", "shop\n", "yes please\n"}) {
                Ran no = program.typed(other, "raze");
                assertThat(no.exit()).as(no.out()).isEqualTo(2);
                assertThat(no.out()).contains("nothing was changed").doesNotContain("razed");
            }
            assertThat(program.typed("", "raze", "--yes").well().out())
                    .contains("razed")
                    .doesNotContain("Type");
        }
    }

    @Test
    void onATerminalTheNameOfAProtectedDatabaseIsTyped() {
        if (Programs.isHere("script", "what is asked on a terminal")) {
            Ran named = program.typed("shop\n", "raze", "--protected", "--yes").well();
            assertThat(named.out())
                    .contains("Type the database's name to go on: ")
                    .contains("razed");
            for (String other : new String[] {"", "yes\n", "SHOP\n", "sho\n"}) {
                Ran no = program.typed(other, "raze", "--protected");
                assertThat(no.exit()).as(no.out()).isEqualTo(2);
                assertThat(no.out()).contains("nothing was changed").doesNotContain("razed");
            }
        }
    }

    /** A program that Holdfast was started from on a terminal may start it again where there is none. */
    @Test
    void aVariableThatWasHandedDownDoesNotMakeATerminal() {
        var other = new Launched(folder.resolve("other"), AskingMain.class, Map.of("HOLDFAST_STDIN_TTY", "1"));
        assertRefused(other.piped("yes\n", "raze"), PLAN, "nobody was there to agree");
    }
}
