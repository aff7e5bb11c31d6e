package dev.holdfast.cli;

import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What stood around a database, as lines for people. Whoever wrote the backup may have put other things there: they stand as they are. */
final class ProjectWords {
    private static final int SHORT_COMMIT = 10;

    private ProjectWords() {}

    static List<String> lines(JsonObject project) {
        List<String> lines = new ArrayList<>();
        project.members().keySet().forEach(member -> {
            switch (member) {
                case "git" -> lines.add("git          " + words(project, member, ProjectWords::git));
                case "ci" -> lines.add("ci           " + words(project, member, ProjectWords::ci));
                case "migrations" -> lines.addAll(migrations(project));
                default ->
                    lines.add("project      " + member + " " + project.members().get(member));
            }
        });
        return lines.stream().map(Words::plain).toList();
    }

    private static String words(JsonObject project, String member, Function<JsonObject, String> words) {
        try {
            return words.apply(project.object(member));
        } catch (JsonException e) {
            return String.valueOf(project.members().get(member)); // as it was written
        }
    }

    private static String git(JsonObject git) {
        if (git.has("unknown")) {
            String why = git.string("unknown").replace('_', ' ');
            return "not known: "
                    + git.optionalString("message")
                            .map(said -> why + ", " + said)
                            .orElse(why);
        }
        String changes = git.has("dirty")
                ? git.flag("dirty") ? ", with uncommitted changes" : ""
                : ", uncommitted changes not looked for";
        return git.optionalString("branch").orElse("no branch") + " "
                + commit(git).orElse("without a commit") + changes;
    }

    private static Optional<String> commit(JsonObject json) {
        return json.optionalString("commit")
                .map(commit -> commit.substring(0, Math.min(SHORT_COMMIT, commit.length())));
    }

    private static String ci(JsonObject ci) {
        var words = new StringBuilder(ci.string("product"));
        ci.optionalString("run").ifPresent(run -> words.append(" run ").append(run));
        ci.optionalString("branch").ifPresent(branch -> words.append(" of ").append(branch));
        commit(ci).ifPresent(commit -> words.append(" at ").append(commit));
        ci.optionalString("url").ifPresent(url -> words.append(", ").append(url));
        return words.toString();
    }

    private static List<String> migrations(JsonObject project) {
        try {
            List<String> lines = project.objects("migrations", state -> "migrations   " + migration(state));
            return lines.isEmpty() ? List.of("migrations   no tool's table found") : lines;
        } catch (JsonException e) {
            return List.of("migrations   " + project.members().get("migrations"));
        }
    }

    private static String migration(JsonObject state) {
        String where = " in " + state.string("table");
        if (state.has("unread")) {
            return state.string("tool") + where + ", not read: " + state.string("unread");
        }
        List<String> counts = new ArrayList<>();
        if (state.has("applied")) {
            counts.add(Words.count(state.count("applied")) + " applied");
        }
        if (state.count("failed") > 0) {
            counts.add(Words.count(state.count("failed")) + " failed: "
                    + String.join(", ", state.strings("failed_versions")));
        }
        return state.string("tool") + " " + state.optionalString("latest").orElse("nothing applied")
                + (counts.isEmpty() ? "" : " (" + String.join("; ", counts) + ")") + where
                + (state.has("locked") ? ", locked by a run of the tool" : "");
    }
}
