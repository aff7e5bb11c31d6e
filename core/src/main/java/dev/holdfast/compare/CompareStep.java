package dev.holdfast.compare;

import dev.holdfast.run.Step;

/** The steps of a comparison, in their order. */
public enum CompareStep implements Step {
    MANIFEST("reading the backup's lists"),
    MOMENT("opening what it is compared with"),
    ROWS("comparing rows"),
    SAMPLES("looking up rows that differ"),
    SCHEMA("comparing schemas"),
    DONE("done");

    private final String title;

    CompareStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
