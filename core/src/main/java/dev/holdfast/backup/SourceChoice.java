package dev.holdfast.backup;

import dev.holdfast.engine.Database;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.Sha256;
import dev.holdfast.repository.SourceBindings;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which source a database is: the one named as the database, or, when another database has that name, one with four hex digits added. */
final class SourceChoice {
    private SourceChoice() {}

    /** The source of this database, bound to it if it was not yet. */
    static SourceName bind(Repository repository, Database database, boolean sameSource, Run run) {
        SourceBindings bindings = repository.sources();
        SourceName plain = SourceName.from(database.name());
        List<JsonObject> bound = bindings.identities(plain);
        if (bound.contains(database.identity())) {
            return plain;
        }
        if (bound.isEmpty() || sameSource) {
            bindings.bind(plain, database.identity(), run.now());
            return plain;
        }
        Optional<SourceName> other = bindings.sources().stream()
                .filter(source -> source.value().matches(Pattern.quote(plain.value()) + "-[0-9a-f]{4}"))
                .filter(source -> bindings.identities(source).contains(database.identity()))
                .findFirst();
        SourceName suffixed =
                other.orElseGet(() -> plain.with(Sha256.of(dev.holdfast.json.Json.bytes(database.identity()))
                        .hex()
                        .substring(0, 4)));
        if (other.isEmpty()) {
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
}
