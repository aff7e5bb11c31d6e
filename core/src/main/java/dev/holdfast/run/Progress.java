package dev.holdfast.run;

/**
 * How far a run has come.
 *
 * @param rows rows done so far, 0 where rows are not counted
 * @param bytes bytes done so far
 * @param share the part of the work that is done, from 0 to 1; an estimate
 */
public record Progress(long rows, long bytes, double share) {}
