package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.RunId;
import dev.holdfast.run.Severity;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Head to bytes and back. A member that is missing, of the wrong type, double or unknown makes the head damaged. */
final class HeadCodec {
    private static final Set<String> MEMBERS = Set.of(
            "format",
            "needs",
            "source",
            "id",
            "kind",
            "whole",
            "run",
            "started",
            "moment",
            "finished",
            "description",
            "tags",
            "by",
            "project",
            "database",
            "parent",
            "totals",
            "reuse",
            "relations",
            "pieces",
            "packs",
            "findings");

    private HeadCodec() {}

    static byte[] bytes(Head head) {
        About about = head.about();
        Contents contents = head.contents();
        var tags = new JsonObject();
        new TreeMap<>(about.notes().tags()).forEach(tags::put);
        var json = new JsonObject()
                .put("format", 1)
                .put("needs", List.of())
                .put("source", head.name().source().value())
                .put("id", head.name().id().toString())
                .put("kind", about.kind().word())
                .put("whole", about.whole())
                .put("run", about.run().hex())
                .put("started", about.times().started().toString())
                .put("moment", about.times().moment().toString())
                .put("finished", about.times().finished().toString())
                .put("description", about.notes().description().orElse(null))
                .put("tags", tags)
                .put("by", about.notes().by())
                .put("project", about.notes().project())
                .put("database", head.database())
                .put("parent", contents.parent().map(BackupId::toString).orElse(null))
                .put("totals", contents.totals().json())
                .put("reuse", contents.reuse().map(Reuse::json).orElse(null))
                .put("relations", contents.relations().stream().map(Place::json).toList())
                .put("pieces", contents.pieces().stream().map(Piece::json).toList())
                .put("packs", head.packs().json())
                .put(
                        "findings",
                        contents.findings().stream().map(HeadCodec::json).toList());
        return (Json.text(json) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static Head parse(BackupName name, byte[] bytes) {
        try {
            JsonObject json = Json.object(bytes);
            if (json.count("format") != 1 || !json.strings("needs").isEmpty()) {
                throw new HoldfastException(
                                ErrorCode.TOO_NEW,
                                "backup " + name + " needs what this version does not know: format "
                                        + json.count("format") + " " + json.strings("needs"))
                        .withHint("use the newest version of Holdfast");
            }
            json.only(MEMBERS);
            if (!json.string("source").equals(name.source().value())
                    || !json.string("id").equals(name.id().toString())) {
                throw new JsonException(
                        "it says that it is the head of " + json.string("source") + "/" + json.string("id"));
            }
            JsonObject database = json.object("database");
            if (database.string("product").isBlank()
                    || database.object("identity").members().isEmpty()) {
                throw new JsonException("it does not say which database it is a backup of");
            }
            return new Head(name, about(json), database, contents(json), NamedPacks.of(json.object("packs")));
        } catch (JsonException | IllegalArgumentException | DateTimeException e) {
            throw new HoldfastException(
                    ErrorCode.DAMAGED, "the head of backup " + name + " is damaged: " + e.getMessage(), e);
        }
    }

    private static About about(JsonObject json) {
        Map<String, String> tags = new LinkedHashMap<>();
        JsonObject written = json.object("tags");
        written.members().keySet().forEach(tag -> tags.put(tag, written.string(tag)));
        return new About(
                Kind.of(json.string("kind")).orElseThrow(() -> new JsonException("its kind is not known")),
                json.flag("whole"),
                new RunId(json.string("run")),
                new Times(
                        Instant.parse(json.string("started")),
                        Instant.parse(json.string("moment")),
                        Instant.parse(json.string("finished"))),
                new Notes(json.optionalString("description"), tags, json.object("by"), json.object("project")));
    }

    private static Contents contents(JsonObject json) {
        Optional<BackupId> parent = json.optionalString("parent")
                .map(text -> BackupId.parse(text).orElseThrow(() -> new JsonException("its parent is no backup id")));
        return new Contents(
                json.objects("relations", Place::of),
                json.objects("pieces", Piece::of),
                Totals.of(json.object("totals")),
                json.has("reuse") ? Optional.of(Reuse.of(json.object("reuse"))) : Optional.empty(),
                parent,
                json.objects("findings", HeadCodec::finding));
    }

    private static JsonObject json(Finding finding) {
        return new JsonObject()
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("code", finding.code())
                .put("object", finding.object())
                .put("message", finding.message());
    }

    private static Finding finding(JsonObject json) {
        json.only(Set.of("severity", "code", "object", "message"));
        return new Finding(
                Severity.valueOf(json.string("severity").toUpperCase(Locale.ROOT)),
                json.string("code"),
                json.string("object"),
                json.string("message"));
    }
}
