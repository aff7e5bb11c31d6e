package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Manifest;
import dev.holdfast.repository.RelationEntry;
import dev.holdfast.repository.Repository;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code holdfast show}. */
@Command(
        name = "show",
        description = "Show one backup in full.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: holdfast show latest"})
final class ShowCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "ID", description = Chosen.HELP)
    private String id = "";

    ShowCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.existing();
        Repository repository = holdfast.repository();
        BackupName name = new Chosen(repository, context.databaseName()).backup(id);
        Manifest manifest = Manifest.read(repository, name);
        List<RelationEntry> tables = manifest.relations().stream()
                .sorted(Comparator.comparing(RelationEntry::name))
                .toList();
        Optional<LastDrilled.Answer> drilled =
                new LastDrilled(new RecordNames(holdfast.journal()), Integer.MAX_VALUE).of(name);
        if (context.json()) {
            context.answer(LastDrilledWords.addTo(json(manifest.head(), tables), drilled));
        } else {
            print(manifest.head(), tables, drilled);
        }
        return ExitCode.DONE;
    }

    private static JsonObject json(Head head, List<RelationEntry> tables) {
        return BackupJson.of(head)
                .put("by", head.about().notes().by())
                .put("project", head.about().notes().project())
                .put("parent", head.contents().parent().map(Object::toString).orElse(null))
                .put("database", head.database())
                .put(
                        "tables",
                        tables.stream()
                                .map(table -> new JsonObject()
                                        .put("name", table.name())
                                        .put("rows", table.tally().count())
                                        .put("bytes", table.bytes())
                                        .put("digest", table.tally().digest()))
                                .toList());
    }

    private void print(Head head, List<RelationEntry> tables, Optional<LastDrilled.Answer> drilled) {
        PrintStream out = context.terminal().out();
        JsonObject by = head.about().notes().by();
        var totals = head.contents().totals();
        out.println("backup       " + head.name() + " (" + head.about().kind().word() + ")");
        head.about().notes().description().ifPresent(text -> out.println("description  " + text));
        head.about().notes().tags().forEach((key, value) -> out.println("tag          " + key + "=" + value));
        out.println("moment       " + head.about().times().moment());
        out.println("taken by     " + by.optionalString("user").orElse("?") + " on "
                + by.optionalString("host").orElse("?") + ", holdfast "
                + by.optionalString("holdfast").orElse("?"));
        ProjectWords.lines(head.about().notes().project()).forEach(out::println);
        out.println("database     " + head.product() + " "
                + head.database().optionalString("server_version").orElse("?") + " " + head.identity());
        head.database()
                .optionalString("pg_dump")
                .ifPresent(version -> out.println("schema       by pg_dump " + version));
        long largeObjects =
                head.database().has("large_objects") ? head.database().count("large_objects") : 0;
        out.println("holds        " + Words.count(totals.relations(), "table", "tables") + ", "
                + Words.count(totals.rows(), "row", "rows") + ", " + Words.bytes(totals.bytes())
                + (largeObjects == 0 ? "" : "; " + Words.count(largeObjects, "large object", "large objects")));
        out.println("stored       " + Words.bytes(totals.storedBytes()) + " new; needs "
                + Words.count(head.packs().count(), "pack", "packs") + " of "
                + Words.bytes(head.packs().bytes()));
        head.contents()
                .reuse()
                .ifPresent(reuse -> ReuseWords.lines(reuse).forEach(line -> out.println("             " + line)));
        head.packs().oldestUnread().ifPresent(oldest -> out.println("oldest byte  read " + oldest));
        out.println("drilled      " + LastDrilledWords.line(drilled, Instant.now()));
        head.contents().findings().forEach(finding -> out.println("finding      " + finding.message()));
        out.println();
        var table = new TextTable("TABLE", "ROWS", "SIZE", "DIGEST");
        tables.forEach(each -> table.row(
                each.name(),
                Words.count(each.tally().count()),
                Words.bytes(each.bytes()),
                each.tally().digest()));
        table.print(out);
    }
}
