package dev.holdfast.drill;

import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.Repository;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a report tells of a backup that was drilled, so that an auditor can find it again and see that it is the one. */
final class SubjectFacts {
    private SubjectFacts() {}

    static DrillReport.Subject of(BackupName backup, Repository repository, Optional<Manifest> manifest) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("repository", repository.id().toString());
        manifest.map(Manifest::head).ifPresent(head -> {
            repository.heads().digestOf(backup).ifPresent(digest -> facts.put("SHA-256 of its head", digest));
            addAll(facts, head);
        });
        return new DrillReport.Subject(backup.toString(), Optional.of(backup), facts);
    }

    private static void addAll(Map<String, String> facts, Head head) {
        JsonObject by = head.about().notes().by();
        facts.put(
                "database",
                head.product() + " "
                        + head.database().optionalString("server_version").orElse("?"));
        facts.put("identity", head.identity().toString());
        facts.put("moment", head.about().times().moment().toString());
        facts.put("kind", head.about().kind().word());
        head.about().notes().description().ifPresent(text -> facts.put("description", text));
        facts.put(
                "taken by",
                by.optionalString("user").orElse("?") + " on "
                        + by.optionalString("host").orElse("?"));
        facts.put("tables", String.valueOf(head.contents().totals().relations()));
        facts.put("rows", String.valueOf(head.contents().totals().rows()));
        facts.put("bytes of rows", String.valueOf(head.contents().totals().bytes()));
    }
}
