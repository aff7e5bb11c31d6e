package dev.holdfast.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of the server that all contenders work with, the only ones that are not PostgreSQL's own. The database fits into its
 * cache, so that programs are measured and not a disk; no checkpoint and no vacuum begins by itself in the middle of somebody's turn.
 * {@code docs/bench.md} explains each.
 */
final class ServerSettings {
    private static final Map<String, String> VALUES = new TreeMap<>(Map.of(
            "shared_buffers", "1GB",
            "max_wal_size", "8GB",
            "checkpoint_timeout", "30min",
            "autovacuum", "off",
            "fsync", "on"));

    private ServerSettings() {}

    static Map<String, String> values() {
        return Map.copyOf(VALUES);
    }

    /** In one line, in the order of their names. */
    static String words() {
        return String.join(
                ", ",
                VALUES.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }
}
