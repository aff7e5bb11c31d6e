package dev.holdfast.protect;

import dev.holdfast.run.Step;

/** The steps of protecting a database, or no longer protecting it, in their order. */
public enum ProtectStep implements Step {
    MARKER("setting the marker in the database"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    ProtectStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
