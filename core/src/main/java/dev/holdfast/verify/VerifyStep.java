package dev.holdfast.verify;

import dev.holdfast.run.Step;

/** The steps of a verification, in their order. */
public enum VerifyStep implements Step {
    HEADS("reading heads"),
    FILES("reading the repository's small files"),
    PACKS("hashing every byte of every pack"),
    LISTS("adding up counts and digests"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    VerifyStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
