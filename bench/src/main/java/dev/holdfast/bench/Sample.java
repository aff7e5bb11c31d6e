package dev.holdfast.bench;

import java.util.Optional;

/**
 * The figures of one run. What could not be measured here is absent.
 *
 * @param seconds from the start of its first process to the end of its last
 * @param usage of the contender's own processes
 * @param serverCpu processor seconds that the database server spent meanwhile
 * @param bytes that it left behind
 */
record Sample(double seconds, Optional<Usage> usage, Optional<Double> serverCpu, Optional<Long> bytes) {}
