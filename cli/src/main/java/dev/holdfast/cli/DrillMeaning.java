package dev.holdfast.cli;

import dev.holdfast.drill.DrillReport;
import dev.holdfast.run.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What a drill proves and what it does not, in sentences for somebody who has not seen one before. */
final class DrillMeaning {
    private static final int LONGEST_CLAIM = 200;

    private final DrillReport report;

    DrillMeaning(DrillReport report) {
        this.report = report;
    }

    /** The one sentence. It claims no more than the checks do. */
    String sentence() {
        return switch (report.verdict()) {
            case PASS -> proven();
            case FAIL -> failed();
            case UNDETERMINED -> undone();
        };
    }

    private String proven() {
        String checks = Words.count(report.checks().size(), "check", "checks");
        if (!isSettled("restore")) {
            return "What the " + checks + " below say was found to be so.";
        }
        String restored = "This " + thing() + " comes back: it was restored into a separate server, ";
        return report.subject().backup().isPresent() && isSettled("rows") && isSettled("schema")
                ? restored + "every row and the schema were read again there, and they are what was backed up. All "
                        + checks + " passed."
                : restored + "and what the " + checks + " below say was found to be so.";
    }

    private boolean isSettled(String name) {
        return report.checks().stream().anyMatch(check -> check.name().equals(name) && check.verdict() == Verdict.PASS);
    }

    private String failed() {
        return (isSettled("restore")
                        ? "This " + thing() + " was restored, but not all is as it should be: "
                        : "It is not shown that this " + thing() + " comes back: ")
                + ofAll(Verdict.FAIL) + " failed. Not so" + first(Verdict.FAIL);
    }

    private String undone() {
        if (report.checks().isEmpty()) {
            return "Nothing is shown: no check was done.";
        }
        return "No check failed, but it is not shown that this " + thing() + " comes back: "
                + ofAll(Verdict.UNDETERMINED) + " could not be done. Not known" + first(Verdict.UNDETERMINED);
    }

    private String ofAll(Verdict verdict) {
        int all = report.checks().size();
        return all == 1 ? "the only check" : Words.count(report.count(verdict)) + " of " + Words.count(all) + " checks";
    }

    private String first(Verdict verdict) {
        return (report.count(verdict) == 1 ? ": " : ", among others: ")
                + report.checks().stream()
                        .filter(check -> check.verdict() == verdict)
                        .map(check -> Words.cut(check.what(), LONGEST_CLAIM))
                        .findFirst()
                        .orElse("")
                + ".";
    }

    /** What was to be brought back. */
    String thing() {
        DrillReport.Subject subject = report.subject();
        return subject.backup().isPresent() || subject.facts().isEmpty() ? "backup" : "dump";
    }

    /** What nobody may take for shown. */
    List<String> notLookedAt() {
        List<String> all = new ArrayList<>();
        report.checks().stream()
                .filter(check -> check.verdict() == Verdict.UNDETERMINED)
                .forEach(check -> all.add("Not done, for the reason told above: " + check.what() + "."));
        if (report.restored().isEmpty()) {
            all.add("What can only be seen in a restored database.");
        }
        if (isWithout("question", "required", "minimum", "record")) {
            all.add("Whether the data make sense to those who use them: no question of theirs was asked (--check).");
        }
        if (isWithout("amcheck")) {
            all.add("Whether pg_amcheck finds damage in the restored tables and indexes: it was not run.");
        }
        if (report.subject().backup().isPresent()) {
            all.add("What the backup itself says it does not hold: holdfast show names it.");
        }
        all.add("What belongs to a whole server and not to one database: passwords and memberships of roles, settings,"
                + " tablespaces, other databases.");
        all.add("Whether the applications run on it: none was started.");
        all.add("How long a restore takes elsewhere: the time told here is that of this sandbox, and one that Holdfast"
                + " starts does not wait for its disk.");
        return all;
    }

    private boolean isWithout(String... names) {
        return report.checks().stream().noneMatch(check -> List.of(names).contains(check.name()));
    }
}
