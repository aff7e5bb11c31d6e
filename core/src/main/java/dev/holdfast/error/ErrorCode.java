package dev.holdfast.error;

import java.util.Locale;

/** What kind of thing went wrong: the one registry of error codes. The lower-case name is what JSON output carries. */
public enum ErrorCode {
    /** The words of a command, a URL or a setting are wrong. */
    BAD_USAGE,
    /** There is no repository where one was looked for. */
    NO_REPOSITORY,
    /** No backup answers to the given id. */
    NO_SUCH_BACKUP,
    /** Several backups or sources answer to what was given. */
    AMBIGUOUS,
    /** The database is not the one this source is bound to. */
    SOURCE_MISMATCH,
    /** Something of that name is there already and is not touched. */
    ALREADY_EXISTS,
    /** A server did not answer, or refused the login. */
    UNREACHABLE,
    /** The role lacks a right. */
    DENIED,
    /** Present and understood, but not something this version can do safely. */
    UNSUPPORTED,
    /** The schema of a database is not that of the backup any more. */
    SCHEMA_DIFFERS,
    /** A program that is needed was not found, or is too old. */
    PROGRAM_MISSING,
    /** A program that was started did not end well. */
    PROGRAM_FAILED,
    /** The database answered with an error. */
    DATABASE_FAILED,
    /** No space left where the repository stands. */
    STORE_FULL,
    /** The repository cannot be written to. */
    STORE_READ_ONLY,
    /** A file of the repository that should be there is not. */
    STORE_MISSING,
    /** The repository's storage failed in another way. */
    STORE_FAILED,
    /** Stored bytes are not what was stored. */
    DAMAGED,
    /** The format is of a newer version than this program. */
    TOO_NEW,
    /** This run was given up by another one while it slept; it must not publish. */
    FENCED,
    /** Another run holds what this one needs. */
    BUSY,
    /** It takes longer than was allowed. */
    TOO_LONG,
    /** Clocks are too far apart to trust any age. */
    CLOCK,
    /** A restored copy is not equal to its backup. */
    NOT_EQUAL,
    /** Nobody agreed to what would be destroyed. */
    NOT_CONFIRMED,
    /** No run of the journal answers to the given id. */
    NO_SUCH_RUN,
    /** The run was interrupted from outside. */
    INTERRUPTED,
    /** A defect in Holdfast itself. */
    INTERNAL;

    /** The code as it stands in JSON output, in snake_case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
