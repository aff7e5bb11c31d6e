package dev.holdfast.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.json.JsonObject;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which branch and commit a folder is at, asked of the real git. */
class GitTest {
    private static final String PATH = System.getenv().getOrDefault("PATH", "");

    @TempDir
    private Path folder;

    private Path tree = Path.of("");

    @BeforeEach
    void initialize() throws IOException {
        assumeTrue(Programs.isHere("git", "what git says of a folder"));
        tree = Files.createDirectory(folder.resolve("tree"));
        git("init", "--quiet", "--initial-branch=main");
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "HOME=" + folder, "git", "-C", tree.toString()));
        command.addAll(List.of("-c", "user.name=Ada", "-c", "user.email=ada@example.test"));
        command.addAll(List.of(arguments));
        Programs.Result result = Programs.run(command);
        assertThat(result.exit()).as(result.errors()).isZero();
        return result.text().strip();
    }

    private String commit() throws IOException {
        Files.writeString(tree.resolve("file"), "1");
        git("add", "file");
        git("commit", "--quiet", "-m", "one");
        return git("rev-parse", "HEAD");
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of("PATH", PATH, "HOME", folder.toString()));
    }

    private JsonObject look() {
        return look(tree);
    }

    private JsonObject look(Path at) {
        return new Git(environment(), at).look().json();
    }

    private static JsonObject unknown(String why) {
        return new JsonObject().put("unknown", why);
    }

    private static JsonObject at(String branch, String commit, boolean dirty) {
        return new JsonObject().put("branch", branch).put("commit", commit).put("dirty", dirty);
    }

    @Test
    void aCleanWorkTreeIsItsBranchAndCommit() throws IOException {
        String commit = commit();
        Path below = Files.createDirectory(tree.resolve("below"));
        assertThat(look()).isEqualTo(at("main", commit, false));
        assertThat(look(below)).isEqualTo(at("main", commit, false));
    }

    @Test
    void changedStagedAndUntrackedFilesAreDirtAndIgnoredOnesAreNot() throws IOException {
        Files.writeString(tree.resolve(".gitignore"), "*.log");
        git("add", ".gitignore");
        String commit = commit();
        Files.writeString(tree.resolve("a.log"), "ignored");
        assertThat(look()).isEqualTo(at("main", commit, false));

        Files.writeString(tree.resolve("file"), "22");
        assertThat(look()).isEqualTo(at("main", commit, true));
        git("add", "file");
        assertThat(look()).isEqualTo(at("main", commit, true));
        git("reset", "--quiet", "--hard");
        assertThat(look()).isEqualTo(at("main", commit, false));
        Files.writeString(tree.resolve("new"), "untracked");
        assertThat(look()).isEqualTo(at("main", commit, true));
        git("config", "status.showUntrackedFiles", "no");
        assertThat(look()).as("whatever a person likes to be shown").isEqualTo(at("main", commit, true));
    }

    @Test
    void aDetachedHeadHasNoBranchAndAnUnbornOneNoCommit() throws IOException {
        assertThat(look()).isEqualTo(new JsonObject().put("branch", "main").put("dirty", false));
        String commit = commit();
        git("checkout", "--quiet", "--detach");
        assertThat(look()).isEqualTo(new JsonObject().put("commit", commit).put("dirty", false));
    }

    @Test
    void aFolderOutsideOfARepositoryOrInOneWithoutAWorkTreeOrThatIsGoneIsNamedAsThat() {
        assertThat(look(folder)).isEqualTo(unknown("no_repository"));
        assertThat(look(tree.resolve(".git"))).isEqualTo(unknown("no_work_tree"));
        git("init", "--quiet", "--bare", folder.resolve("bare").toString());
        assertThat(look(folder.resolve("bare"))).isEqualTo(unknown("no_work_tree"));
        assertThat(look(folder.resolve("gone"))).isEqualTo(unknown("no_folder"));
    }

    @Test
    void withoutGitNothingIsKnownAndAGitOfTheFolderItselfIsNotRun() throws IOException {
        Path ran = folder.resolve("ran");
        program(tree, "touch " + ran);
        for (String path : List.of("", ".", folder.resolve("nothing").toString())) {
            assertThat(new Git(Map.of("PATH", path), tree).look().json()).isEqualTo(unknown("no_git"));
        }
        assertThat(new Git(Map.of(), tree).look().json()).isEqualTo(unknown("no_git"));
        assertThat(ran).doesNotExist();
    }

    /** Git's own tests make an owner foreign by this variable. */
    @Test
    void aRepositoryOfSomebodyElseIsNotTrusted() throws IOException {
        commit();
        Path git =
                program(folder.resolve("bin"), "GIT_TEST_ASSUME_DIFFERENT_OWNER=1 PATH='" + PATH + "' exec git \"$@\"");
        var environment = environment();
        environment.put("PATH", git.getParent() + ":" + PATH);
        assertThat(new Git(environment, tree).look().json()).isEqualTo(unknown("not_trusted"));
    }

    @Test
    void aBrokenRepositoryIsAFailureInGitsWords() throws IOException {
        Files.writeString(tree.resolve(".git/config"), "[core");
        JsonObject git = look();
        assertThat(git.string("unknown")).isEqualTo("failed");
        assertThat(git.string("message")).startsWith("fatal: bad config");

        Files.writeString(tree.resolve(".git/config"), "[core]\nbare = https://ada:canary@git.test/shop");
        assertThat(look().string("message")).contains("https://***@git.test").doesNotContain("canary");
    }

    @Test
    void noHookOfTheRepositoryIsRunAndNothingOfItIsWritten() throws IOException {
        String commit = commit();
        Path ran = folder.resolve("ran");
        Path hook = program(tree.resolve(".git/hooks"), "touch " + ran);
        Files.copy(hook, tree.resolve(".git/hooks/post-index-change"));
        git("config", "core.fsmonitor", hook.toString());
        Files.setLastModifiedTime(tree.resolve("file"), java.nio.file.attribute.FileTime.fromMillis(0));
        Files.deleteIfExists(ran);
        byte[] index = Files.readAllBytes(tree.resolve(".git/index"));

        assertThat(look()).isEqualTo(at("main", commit, false));
        assertThat(ran).doesNotExist();
        assertThat(Files.readAllBytes(tree.resolve(".git/index"))).isEqualTo(index);
    }

    /** A filter is run when a file's size or time differs from what the index knows. */
    @ParameterizedTest
    @CsvSource({
        "filter.f.clean, config",
        "filter.f.process, config",
        "filter.f.clean, included",
        "filter.f.clean, worktree",
        "lfs.extension.f.clean, config"
    })
    void aFilterOfTheRepositoryIsNotRunAndItIsNotKnownWhetherFilesAreChanged(String setting, String where)
            throws IOException {
        Files.writeString(tree.resolve(".gitattributes"), "file filter=f");
        git("add", ".gitattributes");
        String commit = commit();
        Path ran = folder.resolve("ran");
        Path filter = program(folder.resolve("filters"), "touch " + ran + "; cat");
        switch (where) {
            case "included" -> {
                git("config", "include.path", "more");
                git("config", "--file", tree.resolve(".git/more").toString(), setting, filter.toString());
            }
            case "worktree" -> {
                git("config", "extensions.worktreeConfig", "true");
                git("config", "--worktree", setting, filter.toString());
            }
            default -> git("config", setting, filter.toString());
        }
        Files.writeString(tree.resolve("file"), "22");
        assertThat(look()).isEqualTo(new JsonObject().put("branch", "main").put("commit", commit));
        assertThat(ran).doesNotExist();
    }

    @Test
    void aFilterThatThePersonChoseIsNoReasonNotToLook() throws IOException {
        Files.writeString(tree.resolve(".gitattributes"), "file filter=mine");
        git("add", ".gitattributes");
        git("config", "--global", "filter.mine.clean", "tr 1 2");
        String commit = commit();
        assertThat(look()).isEqualTo(at("main", commit, false));
        Files.writeString(tree.resolve("file"), "33");
        assertThat(look()).isEqualTo(at("main", commit, true));
    }

    @Test
    void insideOfASubmoduleNothingIsRunAndWhetherItIsChangedIsNotKnown() throws IOException {
        commit();
        git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", tree.toString(), "sub");
        git("commit", "--quiet", "-m", "two");
        String commit = git("rev-parse", "HEAD");
        Path ran = folder.resolve("ran");
        Path filter = program(folder.resolve("filters"), "touch " + ran + "; cat");
        git("-C", "sub", "config", "filter.f.clean", filter.toString());
        Files.writeString(tree.resolve("sub/.gitattributes"), "file filter=f");
        Files.writeString(tree.resolve("sub/file"), "2");
        assertThat(look()).isEqualTo(new JsonObject().put("branch", "main").put("commit", commit));
        assertThat(ran).doesNotExist();
        Files.writeString(tree.resolve("new"), "untracked");
        assertThat(look()).isEqualTo(at("main", commit, true));
    }

    /** What lacks an object may say where to fetch it, and by which program. */
    @Test
    void nothingIsFetched() throws IOException {
        commit();
        Path ran = folder.resolve("ran");
        git("config", "remote.origin.url", "ext::touch " + ran);
        git("config", "remote.origin.promisor", "true");
        git("config", "core.repositoryFormatVersion", "1");
        git("config", "extensions.partialClone", "origin");
        git("config", "remote.origin.partialclonefilter", "tree:0");
        git("config", "protocol.ext.allow", "always");
        String tip = git("rev-parse", "HEAD^{tree}");
        Files.delete(tree.resolve(".git/objects/" + tip.substring(0, 2) + "/" + tip.substring(2)));
        look();
        assertThat(ran).doesNotExist();
    }

    @Test
    void gitGetsNoSecretOfOurEnvironment() throws IOException {
        Path git = program(folder.resolve("bin"), "env > " + folder.resolve("env"));
        var environment = environment();
        environment.put("PATH", git.getParent() + ":" + PATH);
        environment.put("PGPASSWORD", "canary");
        environment.put("GIT_DIR", "/elsewhere");
        new Git(environment, tree).look();
        assertThat(Files.readString(folder.resolve("env")))
                .contains("GIT_OPTIONAL_LOCKS=0", "HOME=" + folder)
                .doesNotContain("canary", "elsewhere");
    }

    @Test
    void whereLookingAtTheFilesTakesTooLongBranchAndCommitAreStillKnown() throws IOException {
        String commit = commit();
        Path git = program(
                folder.resolve("bin"),
                "case \"$*\" in *' status '*) exec sleep 600 ;; *) PATH='" + PATH + "' exec git \"$@\" ;; esac");
        var environment = environment();
        environment.put("PATH", git.getParent() + ":" + PATH);
        assertThat(withTimeEnough(environment, answer -> answer.has("commit")))
                .isEqualTo(new JsonObject().put("branch", "main").put("commit", commit));
    }

    @Test
    void aGitThatNeverAnswersIsEndedWithAllThatItStarted() throws IOException {
        Path git = program(folder.resolve("bin"), "sleep 3600 & echo $! >> " + folder.resolve("pids") + "; wait");
        var environment = environment();
        environment.put("PATH", git.getParent() + ":" + PATH);
        Path pids = folder.resolve("pids");
        assertThat(withTimeEnough(environment, answer -> Files.exists(pids))).isEqualTo(unknown("no_answer"));
        assertThat(Files.readAllLines(pids)).isNotEmpty();
        for (String pid : Files.readAllLines(pids)) {
            ProcessHandle.of(Long.parseLong(pid))
                    .ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofMinutes(1)));
        }
    }

    /** Whatever machine this is: a limit that was too short for what ought to happen is doubled. */
    private JsonObject withTimeEnough(Map<String, String> environment, Predicate<JsonObject> happened) {
        JsonObject answer = new JsonObject();
        for (int millis = 500; millis < 60_000 && !happened.test(answer); millis *= 2) {
            answer =
                    new Git(environment, tree, Duration.ofMillis(millis)).look().json();
        }
        return answer;
    }

    @Test
    void aGreatDealOfOutputIsNoReasonToWait() throws IOException {
        Path git = program(
                folder.resolve("bin"),
                "echo '# branch.head main'; head -c 3000000 /dev/zero | tr '\\0' 'x'; head -c 3000000 /dev/zero >&2");
        var environment = environment();
        environment.put("PATH", git.getParent() + ":" + PATH);
        assertThat(new Git(environment, tree, Duration.ofMinutes(1)).look().json())
                .isEqualTo(new JsonObject().put("branch", "main").put("dirty", true));
    }

    /** A program called git, of a few words of shell. */
    private static Path program(Path in, String script) throws IOException {
        Path program = Files.createDirectories(in).resolve("git");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }
}
