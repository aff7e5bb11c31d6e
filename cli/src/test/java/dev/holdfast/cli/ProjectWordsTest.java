package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in a head under project, as show prints it. */
final class ProjectWordsTest {
    private static List<String> lines(String member, Object value) {
        return ProjectWords.lines(new JsonObject().put(member, value));
    }

    @Test
    void gitIsItsBranchItsCommitAndWhetherAllOfItWasCommitted() {
        var git = new JsonObject().put("branch", "main").put("commit", "3f2a91c0d4e5f60718293a4b5c6d7e8f90a1b2c3");
        assertThat(lines("git", git.put("dirty", false))).containsExactly("git          main 3f2a91c0d4");
        assertThat(lines("git", git.put("dirty", null)))
                .containsExactly("git          main 3f2a91c0d4, uncommitted changes not looked for");
        assertThat(lines("git", git.put("branch", null).put("dirty", true)))
                .containsExactly("git          no branch 3f2a91c0d4, with uncommitted changes");
        assertThat(lines("git", new JsonObject().put("branch", "main").put("dirty", false)))
                .containsExactly("git          main without a commit");
        assertThat(lines("git", new JsonObject().put("unknown", "not_trusted")))
                .containsExactly("git          not known: not trusted");
        assertThat(lines("git", new JsonObject().put("unknown", "failed").put("message", "fatal: x")))
                .containsExactly("git          not known: failed, fatal: x");
    }

    @Test
    void aMigrationStateSaysOnlyWhatTheToolRecords() {
        var state = new JsonObject().put("tool", "alembic").put("table", "public.alembic_version");
        assertThat(lines("migrations", List.of(state.put("failed", 0))))
                .containsExactly("migrations   alembic nothing applied in public.alembic_version");
        assertThat(lines("migrations", List.of(state.put("latest", "1a, 2b").put("locked", true))))
                .containsExactly("migrations   alembic 1a, 2b in public.alembic_version, locked by a run of the tool");
        assertThat(lines("migrations", List.of(state.put("unread", "refused"))))
                .containsExactly("migrations   alembic in public.alembic_version, not read: refused");
    }

    /** The object is open: another version, or another program, may put there what it likes. */
    @Test
    void whateverElseStandsThereIsPrintedAsItIs() {
        assertThat(ProjectWords.lines(new JsonObject())).isEmpty();
        assertThat(lines("git", "main")).containsExactly("git          main");
        assertThat(lines("ci", new JsonObject().put("run", 7))).containsExactly("ci           {\"run\":7}");
        assertThat(lines("migrations", List.of(7L))).containsExactly("migrations   [7]");
        assertThat(lines("release", "a\u001b[2J\nb")).containsExactly("project      release a [2J b");
    }
}
