package dev.holdfast.backup;

import dev.holdfast.run.Step;

/** The steps of a backup, in their order. */
public enum BackupStep implements Step {
    BIND("looking which source this is"),
    LEASE("taking a lease"),
    PARENT("reading the newest backup"),
    REREAD("reading older packs again"),
    SNAPSHOT("opening one moment of the database"),
    ROWS("reading rows"),
    PIECES("reading schema and sequences"),
    LISTS("writing lists"),
    SETTLE("waiting for the server's log"),
    CONFIRM("looking whether every pack is there"),
    DIGEST("writing the head's digest"),
    HEAD("publishing"),
    JOURNAL("writing the journal"),
    DONE("done");

    private final String title;

    BackupStep(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }
}
