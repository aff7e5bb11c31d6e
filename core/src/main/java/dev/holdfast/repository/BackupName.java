package dev.holdfast.repository;

import java.util.Comparator;

/** A backup's full name: {@code <source>/<id>}. */
public record BackupName(SourceName source, BackupId id) implements Comparable<BackupName> {
    private static final Comparator<BackupName> ORDER =
            Comparator.comparing(BackupName::source).thenComparing(BackupName::id);

    @Override
    public int compareTo(BackupName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return source + "/" + id;
    }
}
