package dev.holdfast.schedule;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A workflow for GitHub Actions. Secrets are named, never written. */
final class GithubWorkflow {
    private GithubWorkflow() {}

    static Scheduler.Files files(Nightly nightly) {
        if (nightly.backup().equals(nightly.drill())) {
            throw new HoldfastException(ErrorCode.UNSUPPORTED, "GitHub cannot tell two jobs of the same time apart")
                    .withHint("give the drill another time: --drill-at '0 4 * * 0'");
        }
        String text = new Template("workflow.yml")
                .with("source", nightly.source())
                .with("backup", nightly.backup().toString())
                .with("drill", nightly.drill().toString())
                .with("environment", environment(nightly))
                .with("options", options(nightly))
                .text();
        String name = "holdfast-" + nightly.source() + ".yml";
        List<String> install = new ArrayList<>();
        install.add("commit it as .github/workflows/" + name);
        install.add("gh secret set " + secrets(nightly).stream().collect(Collectors.joining("; gh secret set ")));
        install.add(
                "gh variable set HOLDFAST_REPOSITORY --body FOLDER names a folder that stays on the runner; holdfast"
                        + " and gh must be on its PATH");
        return new Scheduler.Files(List.of(new Scheduler.File(name, text)), install);
    }

    private static List<String> secrets(Nightly nightly) {
        if (nightly.config().isEmpty()) {
            return List.of("HOLDFAST_DB");
        }
        var all = new TreeSet<>(nightly.variables());
        all.add("PGPASSWORD");
        return List.copyOf(all);
    }

    private static String environment(Nightly nightly) {
        return secrets(nightly).stream()
                .map(name -> "  " + name + ": ${{ secrets." + name + " }}\n")
                .collect(Collectors.joining());
    }

    private static String options(Nightly nightly) {
        if (nightly.config().isEmpty()) {
            return "";
        }
        String file = nightly.config()
                .flatMap(Nightly.Config::inProject)
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.UNSUPPORTED,
                                nightly.config().orElseThrow().file()
                                        + " is in no git project, so that GitHub has no copy of it")
                        .withHint("move it into the project, or name the database by its URL with --db"));
        if (!file.matches("[A-Za-z0-9_./@+-]+")) {
            throw new HoldfastException(ErrorCode.UNSUPPORTED, "a workflow cannot name the config file '" + file + "'")
                    .withHint("give it a name, and its folders, of letters and digits");
        }
        return " --config " + file + " --db " + nightly.source();
    }
}
