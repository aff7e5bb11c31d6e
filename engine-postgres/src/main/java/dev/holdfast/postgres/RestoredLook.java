package dev.holdfast.postgres;

import dev.holdfast.engine.Sandbox.Observation;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the catalogs of a restored database say about it, that neither its rows nor its schema's text show. */
final class RestoredLook {
    private static final String DOING = "looking at the restored database";
    /** A constraint that was not valid in the source, as pg_dump writes it. */
    private static final Pattern NOT_VALID = Pattern.compile(
            "^ALTER (?:(?:FOREIGN )?TABLE(?: ONLY)?|DOMAIN) (" + DatabaseStatements.NAME + "\\."
                    + DatabaseStatements.NAME + ")\\s+ADD CONSTRAINT (" + DatabaseStatements.NAME + ") .* NOT VALID;$",
            Pattern.DOTALL | Pattern.MULTILINE);

    private final Connection connection;
    private final Function<String, Optional<byte[]>> pieces;

    RestoredLook(Connection connection, Function<String, Optional<byte[]>> pieces) {
        this.connection = connection;
        this.pieces = pieces;
    }

    List<Observation> all() {
        List<Observation> all = new ArrayList<>();
        all.add(none("indexes", "every index can be used", () -> ask("invalid-indexes")));
        all.add(none("constraints", "every constraint that was valid is valid", this::invalidConstraints));
        all.add(none(
                "sequences",
                "every sequence stands where it stood, or further",
                () -> Sequences.behind(connection, PieceText.of(pieces, "sequences.sql"))));
        all.add(none("views", "every materialized view that was filled is filled", this::unfilled));
        return all;
    }

    private List<String> ask(String query) {
        return PgConnections.column(connection, DOING, Sql.text(query));
    }

    /** Those that the backup's schema has, on the same table or domain, were not valid in the source. */
    private List<String> invalidConstraints() {
        Set<String> before = DatabaseStatements.split(PieceText.of(pieces, "schema.sql")).stream()
                .flatMap(statement -> NOT_VALID.matcher(statement).results())
                .map(constraint -> constraint.group(1) + " " + constraint.group(2))
                .collect(Collectors.toSet());
        return ask("invalid-constraints").stream()
                .filter(constraint -> !before.contains(constraint))
                .toList();
    }

    private List<String> unfilled() {
        List<String> refreshes = DatabaseStatements.split(PieceText.of(pieces, "refresh.sql"));
        return PgConnections.rows(connection, DOING, Sql.text("unfilled-views")).stream()
                .map(row -> Sql.name(row.get(0), row.get(1)))
                .filter(view -> refreshes.contains(ReadyStatements.refresh(view)))
                .toList();
    }

    private static Observation none(String name, String what, Supplier<List<String>> look) {
        long began = System.nanoTime();
        List<String> exceptions = look.get();
        Optional<String> doubts =
                exceptions.isEmpty() ? Optional.empty() : Optional.of("not so: " + FirstFew.of(exceptions));
        return new Observation(name, what, doubts, Duration.ofNanos(System.nanoTime() - began));
    }
}
