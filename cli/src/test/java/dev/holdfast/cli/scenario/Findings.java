package dev.holdfast.cli.scenario;

import dev.holdfast.run.Finding;
import dev.holdfast.run.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects what a run finds. */
final class Findings implements RunListener {
    private final List<Finding> found = new CopyOnWriteArrayList<>();

    @Override
    public void finding(Finding finding) {
        found.add(finding);
    }

    /** The code and the object of each. */
    List<String> named() {
        return found.stream()
                .map(finding -> finding.code() + " " + finding.object())
                .toList();
    }
}
