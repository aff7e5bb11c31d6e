package dev.holdfast.postgres;

import dev.holdfast.error.HoldfastException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which large objects a database has beside those that a backup has, so that in the transaction that puts back their pages those that lack
 * are made, as they were, and those that are too many go. Nobody else writes to them meanwhile.
 */
final class LargeObjectSet {
    private static final String DOING = "bringing back large objects";
    private static final int AT_ONCE = 1000;

    private final Connection connection;
    private final List<LargeObjectStatement> statements;
    private final boolean onlySome;
    private final Set<Long> lacking = new TreeSet<>();
    private final Set<Long> surplus;
    private final Set<Long> both;
    private final Set<Long> withPages;

    private LargeObjectSet(Connection connection, List<LargeObjectStatement> statements, boolean onlySome) {
        this.connection = connection;
        this.statements = statements;
        this.onlySome = onlySome;
        this.surplus = numbers("SELECT oid FROM " + LargeObjectPages.OBJECTS);
        statements.stream().filter(LargeObjectStatement::isMaking).forEach(each -> lacking.addAll(each.objects()));
        this.both = new TreeSet<>(lacking);
        both.retainAll(surplus);
        lacking.removeAll(both);
        surplus.removeAll(both);
        this.withPages = onlySome ? withPages(surplus) : Set.of();
    }

    /**
     * Looks at what there is, before a page is written.
     *
     * @param onlySome whether only those may go that lose their last page until {@link #bringBack}: others are to stay
     * @param pieces the backup's; those about large objects are missing when it has none
     */
    static LargeObjectSet beside(Connection connection, boolean onlySome, Function<String, Optional<byte[]>> pieces) {
        return new LargeObjectSet(connection, statements(name -> PieceText.of(pieces, name)), onlySome);
    }

    private static List<LargeObjectStatement> statements(Function<String, String> pieces) {
        List<LargeObjectStatement> statements = new ArrayList<>();
        for (String name : List.of(LargeObjects.MAKE, LargeObjects.RIGHTS)) {
            DatabaseStatements.split(pieces.apply(name))
                    .forEach(statement -> statements.add(LargeObjectStatement.of(statement)));
        }
        return statements;
    }

    /** Those that the backup has, too, with another owner, other rights, or another comment; they keep what they have. */
    Set<Long> keptOtherwise() {
        if (both.isEmpty()) {
            return Set.of();
        }
        Map<String, String> now = LargeObjects.statements(connection);
        Map<Long, Set<String>> wanted = rights(statements);
        Map<Long, Set<String>> found = rights(statements(name -> now.getOrDefault(name, "")));
        return both.stream()
                .filter(object -> !Objects.equals(wanted.get(object), found.get(object)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<Long, Set<String>> rights(List<LargeObjectStatement> statements) {
        Map<Long, Set<String>> rights = new HashMap<>();
        for (LargeObjectStatement statement : statements) {
            if (!statement.isMaking()) {
                String right = statement.by().orElse("") + statement.about(0);
                statement
                        .objects()
                        .forEach(object -> rights.computeIfAbsent(object, o -> new HashSet<>())
                                .add(right));
            }
        }
        return rights;
    }

    /** Whether an object lacks or is too many. */
    boolean differs() {
        return !lacking.isEmpty() || !surplus.isEmpty();
    }

    /**
     * Makes those that lack, with their owners, rights and comments, and removes those that are too many.
     *
     * @return what was done, for people
     */
    List<String> bringBack() {
        List<String> done = new ArrayList<>();
        if (!lacking.isEmpty()) {
            make();
            done.add(lacking.size() + " large objects made again");
        }
        Set<Long> going = surplus;
        if (onlySome) {
            going = new TreeSet<>(withPages);
            going.removeAll(withPages(going));
        }
        if (!going.isEmpty()) {
            forEachBatch(going, batch -> call("lo_unlink", batch));
            done.add(going.size() + " large objects removed that the backup does not have");
        }
        return done;
    }

    /** Each by its owner: to give it away afterwards would need a lock for each. */
    private void make() {
        Set<Long> ownerless = new TreeSet<>(lacking);
        for (LargeObjectStatement statement : statements) {
            List<Long> wanted = wanted(statement);
            if (statement.owner().isPresent() && !wanted.isEmpty()) {
                as(statement.owner(), () -> create(wanted));
                wanted.forEach(ownerless::remove);
            }
        }
        create(ownerless);
        for (LargeObjectStatement statement : statements) {
            List<Long> wanted = wanted(statement);
            if (!statement.isMaking() && statement.owner().isEmpty() && !wanted.isEmpty()) {
                as(statement.by(), () -> forEachBatch(wanted, batch -> change(statement, batch)));
            }
        }
    }

    private void as(Optional<String> role, Runnable work) {
        role.ifPresent(this::become);
        work.run();
        role.ifPresent(name -> PgConnections.execute(connection, DOING, "RESET ROLE"));
    }

    private void become(String role) {
        try {
            PgConnections.execute(connection, DOING, "SET LOCAL ROLE " + role);
        } catch (HoldfastException e) {
            throw e.withHint("large objects come back with their owners: CREATE ROLE " + role
                    + " first, or --into NAME with --no-owner brings the backup back beside the database");
        }
    }

    private void change(LargeObjectStatement statement, List<Long> batch) {
        PgConnections.execute(
                connection, DOING, batch.stream().map(statement::about).collect(Collectors.joining("; ")));
    }

    private List<Long> wanted(LargeObjectStatement statement) {
        return statement.objects().stream().filter(lacking::contains).toList();
    }

    private void create(Collection<Long> objects) {
        forEachBatch(objects, batch -> call("lo_create", batch));
    }

    private void call(String function, List<Long> batch) {
        numbers("SELECT pg_catalog.count(pg_catalog." + function + "(o)) FROM pg_catalog.unnest(" + array(batch)
                + ") AS o");
    }

    private static void forEachBatch(Collection<Long> objects, Consumer<List<Long>> work) {
        List<Long> all = List.copyOf(objects);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            work.accept(all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
    }

    private static String array(Collection<Long> objects) {
        return objects.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::pg_catalog.oid[]"));
    }

    private Set<Long> withPages(Set<Long> objects) {
        return objects.isEmpty()
                ? new TreeSet<>()
                : numbers("SELECT o FROM pg_catalog.unnest(" + array(objects) + ") AS o WHERE EXISTS (SELECT 1 FROM "
                        + LargeObjectPages.CATALOG + " WHERE loid = o)");
    }

    private Set<Long> numbers(String query) {
        return PgConnections.column(connection, DOING, query).stream()
                .map(Long::parseLong)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
