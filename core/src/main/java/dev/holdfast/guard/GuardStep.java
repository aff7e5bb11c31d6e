package dev.holdfast.guard;

import dev.holdfast.run.Step;

/** The steps of a guard, in their order. Those of its backup and of taking back come between. */
public enum GuardStep implements Step {
    CLAIM("keeping other guards away"),
    BEFORE("running what is to come before"),
    BACKUP("taking a backup"),
    VERIFY("reading the whole backup, since some of it was not read for long"),
    NOTE("noting that a command is under way"),
    COMMAND("running the command"),
    COMPARE("looking what has changed"),
    CHECK("asking whether all is well"),
    DECIDE("deciding"),
    TAKE_BACK("taking it back"),
    AFTER("running what is to come after"),
    HEALTH("asking whether all is healthy"),
    BACKUP_AFTER("taking a backup of the new state"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    GuardStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
