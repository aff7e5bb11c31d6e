package dev.holdfast.bench;

import java.util.List;

/**
 * Something to do, and several ways to do it.
 *
 * @param title a sentence for the report
 * @param peers names of contenders; the fastest of them is what the others are compared with
 */
record Work(String name, String title, List<Contender> contenders, List<String> peers, List<Bar> bars) {}
