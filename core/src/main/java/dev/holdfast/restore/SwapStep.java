package dev.holdfast.restore;

import dev.holdfast.run.Step;

/**
 * The steps of a restore in the place of a live database, in their order. Between the safety backup and the binding stand those of
 * {@link RestoreStep} from CREATE to CHECK.
 */
public enum SwapStep implements Step {
    MANIFEST("reading the backup's lists"),
    PREFLIGHT("looking whether it can succeed"),
    SAFETY("taking the safety backup"),
    BIND("noting which database the source will be"),
    EXCHANGE("exchanging the databases"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    SwapStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
