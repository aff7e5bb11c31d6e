package dev.holdfast.backup;

import dev.holdfast.engine.Relation;
import dev.holdfast.repository.Reuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Why relations were read in full, each reason once: a head is small, however many relations there are. */
final class Reasons {
    private static final int MOST_NAMES = 5;

    private Reasons() {}

    static List<Reuse.InFull> of(List<Relation> relations) {
        Map<String, List<String>> names = new TreeMap<>();
        for (Relation relation : relations) {
            relation.readInFull()
                    .ifPresent(why -> names.computeIfAbsent(why, reason -> new ArrayList<>())
                            .add(relation.name()));
        }
        return names.entrySet().stream()
                .map(reason -> new Reuse.InFull(
                        reason.getKey(),
                        reason.getValue().size(),
                        reason.getValue().stream().sorted().limit(MOST_NAMES).toList()))
                .toList();
    }
}
