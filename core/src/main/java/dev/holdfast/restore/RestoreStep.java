package dev.holdfast.restore;

import dev.holdfast.run.Step;

/** The steps of a restore into a new database, in their order. */
public enum RestoreStep implements Step {
    MANIFEST("reading the backup's lists"),
    PREFLIGHT("looking whether it can succeed"),
    CREATE("making the database"),
    PREPARE("making tables"),
    ROWS("loading rows"),
    COMPLETE("making indexes, constraints and statistics"),
    CHECK("comparing every table with the backup"),
    PUBLISH("giving the database its name"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    RestoreStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
