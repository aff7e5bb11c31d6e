package dev.holdfast.cli;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.About;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Reuse;
import dev.holdfast.repository.Totals;
import dev.holdfast.run.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A backup as programs read it: the same words wherever one is shown. */
final class BackupJson {
    private BackupJson() {}

    static JsonObject of(Head head) {
        About about = head.about();
        Totals totals = head.contents().totals();
        var tags = new JsonObject();
        about.notes().tags().forEach(tags::put);
        return new JsonObject()
                .put("source", head.name().source().value())
                .put("id", head.name().id().toString())
                .put("kind", about.kind().word())
                .put("whole", about.whole())
                .put("started", about.times().started().toString())
                .put("moment", about.times().moment().toString())
                .put("finished", about.times().finished().toString())
                .put("description", about.notes().description().orElse(null))
                .put("tags", tags)
                .put("table_count", totals.relations())
                .put("rows", totals.rows())
                .put("bytes", totals.bytes())
                .put("stored_bytes", totals.storedBytes())
                .put("reuse", head.contents().reuse().map(Reuse::json).orElse(null))
                .put("packs", head.packs().count())
                .put("pack_bytes", head.packs().bytes())
                .put(
                        "oldest_unread",
                        head.packs().oldestUnread().map(Instant::toString).orElse(null))
                .put("findings", findings(head.contents().findings()));
    }

    static List<JsonObject> findings(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new JsonObject()
                        .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                        .put("code", finding.code())
                        .put("object", finding.object())
                        .put("message", finding.message()))
                .toList();
    }
}
