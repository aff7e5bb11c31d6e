package dev.holdfast.drill;

import dev.holdfast.compare.SchemaDifference;
import dev.holdfast.drill.Checks.Claim;
import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Reading;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.project.Migrations;
import dev.holdfast.repository.Manifest;
import dev.holdfast.restore.EqualRows;
import dev.holdfast.run.Run;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a moment of a restored database is what its backup says of itself. */
final class RestoredChecks {
    static final Claim SAME_ROWS = new Claim("rows", "every table has the rows that were backed up");
    private static final Claim SAME_SCHEMA = new Claim("schema", "the schema is the one that was backed up");
    private static final Claim SAME_MIGRATIONS =
            new Claim("migrations", "the migration tools' tables say what they said");
    private static final int MOST_NAMED = 5;

    private final Manifest manifest;
    private final Checks checks;
    private final Run run;

    RestoredChecks(Manifest manifest, Checks checks, Run run) {
        this.manifest = manifest;
        this.checks = checks;
        this.run = run;
    }

    static void nothingToLookAt(Checks checks) {
        for (Claim claim : List.of(SAME_ROWS, SAME_SCHEMA, SAME_MIGRATIONS)) {
            checks.undone(claim, "nothing was restored");
        }
    }

    static String size(Manifest manifest) {
        var totals = manifest.head().contents().totals();
        return totals.rows() + " rows in " + totals.relations() + " tables";
    }

    void rows(Reading reading) {
        List<EqualRows.Unequal> unequal = new EqualRows(reading, manifest, run).unequal();
        if (unequal.isEmpty()) {
            checks.passed(SAME_ROWS, size(manifest) + ", each read again: counts and digests are those of the backup");
        } else {
            checks.failed(
                    SAME_ROWS,
                    size(manifest),
                    some(unequal.size(), "tables differ")
                            + firstFew(unequal.stream()
                                    .map(table -> table.name() + " (" + table.how() + ")")
                                    .toList()));
        }
    }

    void schema(Capture capture, BackupText text) {
        try {
            SchemaDifference schema = SchemaDifference.between(manifest, capture.piece(text.schemaPiece()), text);
            if (schema.isSame()) {
                checks.passed(SAME_SCHEMA, "dumped again, and equal");
            } else {
                checks.failed(
                        SAME_SCHEMA,
                        some(schema.objects().size(), "objects differ")
                                + firstFew(schema.objects().stream()
                                        .map(change -> change.object() + " ("
                                                + switch (change.change()) {
                                                    case ADDED -> "not in the backup";
                                                    case REMOVED -> "missing";
                                                    case CHANGED -> "otherwise";
                                                }
                                                + ")")
                                        .toList()));
            }
        } catch (HoldfastException e) {
            checks.broken(SAME_SCHEMA, e);
        }
    }

    /** As far as the backup has noted them; one that was taken before that was done has nothing to compare with. */
    void migrations(Capture capture) {
        JsonObject project = manifest.head().about().notes().project();
        if (!project.has("migrations")) {
            return;
        }
        List<String> before = project.objects("migrations", JsonObject::toString);
        try {
            List<String> now = Migrations.json(capture.tables(), run).stream()
                    .map(JsonObject::toString)
                    .toList();
            if (now.equals(before)) {
                checks.passed(
                        SAME_MIGRATIONS, before.isEmpty() ? "there are none" : before.size() + " tables of tools");
            } else {
                checks.failed(SAME_MIGRATIONS, String.join(", ", before), String.join(", ", now));
            }
        } catch (HoldfastException e) {
            checks.broken(SAME_MIGRATIONS, e);
        }
    }

    private static String some(int count, String what) {
        return count + " " + what + ": ";
    }

    private static String firstFew(List<String> names) {
        return names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more" : "");
    }
}
