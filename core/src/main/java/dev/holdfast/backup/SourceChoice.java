package dev.holdfast.backup;

import dev.holdfast.engine.Database;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceBindings;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.List;

/**
 * Which source a database is: the one that people call it, else the one named as the database, or, when another database has that name,
 * one with four hex digits added.
 */
final class SourceChoice {
    private SourceChoice() {}

    /** The source of this database, bound to it if it was not yet. */
    static SourceName bind(Repository repository, Database database, boolean sameSource, Run run) {
        SourceBindings bindings = repository.sources();
        SourceName plain = bindings.called().orElseGet(() -> SourceName.from(database.name()));
        List<JsonObject> bound = bindings.identities(plain);
        if (bound.contains(database.identity())) {
            return plain;
        }
        if (bound.isEmpty() || sameSource) {
            tellOfOthers(bindings, plain, database, run);
            bindings.bind(plain, database.identity(), run.now());
            return plain;
        }
        SourceName suffixed = bindings.of(database.name(), database.identity());
        if (!bindings.identities(suffixed).contains(database.identity())) {
            bindings.bind(suffixed, database.identity(), run.now());
        }
        run.finding(new Finding(
                Severity.NOTE,
                "source_name_taken",
                suffixed.value(),
                "source " + plain + " is another database (" + bound.get(0) + "); this one (" + database.identity()
                        + ") is called " + suffixed + ". If it is the same one after a failover, an upgrade or a swap,"
                        + " say --same-source"));
        return suffixed;
    }

    /** Who gives a database a new name would else look in vain for the backups under its old one. */
    private static void tellOfOthers(SourceBindings bindings, SourceName chosen, Database database, Run run) {
        if (bindings.called().isEmpty()) {
            return;
        }
        bindings.sources().stream()
                .filter(other ->
                        !other.equals(chosen) && bindings.identities(other).contains(database.identity()))
                .findFirst()
                .ifPresent(other -> run.finding(new Finding(
                        Severity.NOTE,
                        "source_has_other_name",
                        other.value(),
                        "this database has backups as source " + other + ", too; from now on it is " + chosen)));
    }
}
