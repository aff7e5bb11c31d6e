package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Head;
import dev.holdfast.repository.Repository;
import dev.holdfast.run.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** {@code holdfast list}. */
@Command(
        name = "list",
        description = "List the backups of a repository, oldest first.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: holdfast list --repository /var/backups/holdfast"})
final class ListCommand implements Callable<Integer> {
    /** So many records of drills are opened quickly; of an older one, show tells how long it took. */
    private static final int MOST_OPENED = 1000;

    private final Context context;

    ListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Holdfast holdfast = context.existing();
        Repository repository = holdfast.repository();
        List<BackupName> names = new ArrayList<>();
        repository.heads().all().forEach((source, ids) -> ids.forEach(id -> names.add(new BackupName(source, id))));
        var records = new RecordNames(holdfast.journal());
        var verified = new LastVerified(records);
        var drilled = new LastDrilled(records, MOST_OPENED);
        if (context.json()) {
            context.answer(new JsonObject()
                    .put("repository", context.repositoryFolder().toString())
                    .put("backups", each(repository, names, row -> json(row, verified, drilled))));
        } else {
            Instant now = Instant.now();
            print(each(
                    repository,
                    names,
                    row -> cells(
                            row,
                            verified(verified.of(row.name), now),
                            LastDrilledWords.cell(drilled.of(row.name), now))));
        }
        return ExitCode.DONE;
    }

    /** What is told of each backup that is there. Side by side, and no head is kept: there may be ten thousand. */
    private static <T> List<T> each(Repository repository, List<BackupName> names, Function<Row, T> told) {
        return names.parallelStream()
                .map(name -> row(repository, name).map(told))
                .flatMap(Optional::stream)
                .toList();
    }

    /** A head, or why it cannot be read. */
    private record Row(BackupName name, Optional<Head> head, String damage) {}

    private static Optional<Row> row(Repository repository, BackupName name) {
        try {
            return repository.heads().glance(name).map(head -> new Row(name, Optional.of(head), ""));
        } catch (HoldfastException e) {
            return Optional.of(new Row(name, Optional.empty(), String.valueOf(e.getMessage())));
        }
    }

    private static JsonObject json(Row row, LastVerified verified, LastDrilled drilled) {
        JsonObject json = row.head
                .map(BackupJson::of)
                .orElseGet(() -> new JsonObject()
                        .put("source", row.name.source().value())
                        .put("id", row.name.id().toString())
                        .put("damage", row.damage));
        Optional<LastVerified.Answer> answer = verified.of(row.name);
        json.put("last_verified", answer.map(last -> last.at().toString()).orElse(null))
                .put("last_verdict", answer.map(last -> last.verdict().word()).orElse(null));
        return LastDrilledWords.addTo(json, drilled.of(row.name));
    }

    private void print(List<List<String>> rows) {
        var table =
                new TextTable("BACKUP", "KIND", "TABLES", "ROWS", "SIZE", "NEW", "VERIFIED", "DRILLED", "DESCRIPTION");
        rows.forEach(table::row);
        table.print(context.terminal().out());
        if (rows.isEmpty()) {
            context.say("no backups in " + context.repositoryFolder());
        }
    }

    private static List<String> cells(Row row, String verified, String drilled) {
        if (row.head.isEmpty()) {
            return List.of(row.name.toString(), "UNREADABLE", "", "", "", "", "", drilled, row.damage);
        }
        Head head = row.head.get();
        var totals = head.contents().totals();
        return List.of(
                row.name.toString(),
                head.about().kind().word(),
                Words.count(totals.relations()),
                Words.count(totals.rows()),
                Words.bytes(totals.bytes()),
                Words.bytes(totals.storedBytes()),
                verified,
                drilled,
                head.about().notes().description().orElse(""));
    }

    private static String verified(Optional<LastVerified.Answer> answer, Instant now) {
        return answer.map(last ->
                        (last.verdict() == Verdict.PASS ? "" : last.verdict().name() + " ") + Words.ago(last.at(), now))
                .orElse("");
    }
}
