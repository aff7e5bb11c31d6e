package dev.holdfast.cli;

import dev.holdfast.repository.Reuse;
import java.util.ArrayList;
import java.util.List;

/** What a backup read and what it kept, in words. */
final class ReuseWords {
    private ReuseWords() {}

    static List<String> lines(Reuse reuse) {
        List<String> lines = new ArrayList<>();
        lines.add(reuse.fullRead()
                .map(why -> "read everything: " + why)
                .orElseGet(() ->
                        "read " + share(reuse.read()) + ", kept " + share(reuse.kept()) + " that had not changed"));
        reuse.inFull().forEach(reason -> lines.add("read in full: " + names(reason) + " (" + reason.why() + ")"));
        return lines;
    }

    private static String share(Reuse.Share share) {
        return Words.bytes(share.bytes()) + " in " + Words.count(share.ranges(), "range", "ranges");
    }

    private static String names(Reuse.InFull reason) {
        long more = reason.relations() - reason.names().size();
        return String.join(", ", reason.names()) + (more > 0 ? " and " + Words.count(more) + " more" : "");
    }
}
