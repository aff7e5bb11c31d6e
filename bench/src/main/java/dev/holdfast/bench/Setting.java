package dev.holdfast.bench;

import java.time.Instant;

/**
 * Everything that was the same for all contenders of a report.
 *
 * @param connection how all contenders reach the server
 * @param missing what could not be measured on this machine
 */
record Setting(Instant time, Machine machine, Versions versions, String connection, String missing) {
    /**
     * Of the programs.
     *
     * @param startedBy how Holdfast was started
     * @param postgres server and client programs
     */
    record Versions(String holdfast, String startedBy, String postgres, String java) {}
}
