package dev.holdfast.restore;

import dev.holdfast.run.Step;

/** The steps of a restore in place, in their order. Those of its safety backups come between. */
public enum InPlaceStep implements Step {
    MANIFEST("reading the backup's lists"),
    PLAN("looking what would be done"),
    SAFETY("taking a safety backup, while everyone works"),
    LOCK("waiting for those who write"),
    SAFETY_LOCKED("completing the safety backup; who writes waits from now on"),
    DIFFERENCE("looking for what differs"),
    SILENCE("silencing triggers and constraints"),
    WRITE("putting rows back"),
    COMPLETE("putting back triggers, constraints and sequences"),
    CHECK("comparing with the backup"),
    COMMIT("committing"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    InPlaceStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
