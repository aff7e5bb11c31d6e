package dev.holdfast.bench;

/** What every work has at hand. */
record Bench(Plan plan, Lab lab, Field field) {}
