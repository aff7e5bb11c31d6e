package dev.holdfast.run;

/**
 * One thing that a run noticed.
 *
 * @param code a stable word for programs, in snake_case
 * @param object what it is about: a table, a backup, a file
 * @param message one line for people, in lower case
 */
public record Finding(Severity severity, String code, String object, String message) {}
