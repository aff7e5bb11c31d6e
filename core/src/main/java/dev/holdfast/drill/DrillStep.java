package dev.holdfast.drill;

import dev.holdfast.run.Step;

/** The steps of a drill, in their order. Those of its restore and of its comparison come between. */
public enum DrillStep implements Step {
    MANIFEST("reading the backup's lists"),
    DUMP("reading the dump to its end"),
    SANDBOX("starting a server to throw away"),
    RESTORE("restoring"),
    COMPARE("comparing with the backup"),
    CHECKS("asking questions"),
    OBSERVE("looking at what rows do not show"),
    CLEAN("throwing the server away"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    DrillStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
