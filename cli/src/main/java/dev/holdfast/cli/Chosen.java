package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the backup that a person means: a full id, a unique beginning, {@code latest}, of the database that is named; each also as
 * {@code <source>/<id>}, whatever database is named.
 */
final class Chosen {
    /** What {@code --help} says of an id. */
    static final String HELP =
            "An id, a unique beginning of one, or latest, of the database that is named; any source's as"
                    + " SOURCE/ID or SOURCE/latest.";

    private static final int MOST_NAMED = 5;

    private final Repository repository;
    private final Optional<SourceName> called;
    private final Optional<String> databaseName;
    private final List<SourceName> all = new ArrayList<>();

    /**
     * @param databaseName of the database that {@code --db} or the environment names; without one every source is meant
     */
    Chosen(Repository repository, Optional<String> databaseName) {
        this.repository = repository;
        this.called = repository.sources().called();
        this.databaseName = databaseName;
        repository.heads().all().forEach((source, ids) -> {
            if (!ids.isEmpty()) {
                all.add(source);
            }
        });
    }

    /** Whether backups of this source may be meant. */
    boolean isMeant(SourceName source) {
        return called.map(source::equals)
                .or(() -> databaseName.map(name -> isOf(source, SourceName.from(name))))
                .orElse(true);
    }

    /** Taking another source's backup for the one that was named would bring back other rows than a person thinks. */
    private List<SourceName> meant(String text) {
        if (all.isEmpty()) {
            return all;
        }
        if (called.isPresent()) {
            return List.of(theOne(called.get(), text));
        }
        if (databaseName.isEmpty()) {
            return all;
        }
        var plain = SourceName.from(databaseName.get());
        List<SourceName> named =
                all.stream().filter(source -> isOf(source, plain)).toList();
        if (named.isEmpty()) {
            throw onlyOthers("a database '" + databaseName.get() + "'", text);
        }
        return named;
    }

    /** Who has given a database a name means its backups under that name, and no others. */
    private SourceName theOne(SourceName name, String text) {
        if (!all.contains(name)) {
            throw onlyOthers("source '" + name + "'", text);
        }
        return name;
    }

    private HoldfastException onlyOthers(String what, String text) {
        return new HoldfastException(
                        ErrorCode.NO_SUCH_BACKUP,
                        "no backup of " + what + " in " + repository + ", only of " + someOf(all))
                .withHint("to take one of another source, name that, too: " + all.get(0) + "/" + text);
    }

    /** A second database of the same name has a source with four hex digits added: either may be meant, and only a person knows. */
    private static boolean isOf(SourceName source, SourceName plain) {
        String more = source.value().startsWith(plain.value())
                ? source.value().substring(plain.value().length())
                : "no";
        return more.isEmpty() || more.matches("-[0-9a-f]{4}");
    }

    BackupName backup(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            String source = text.substring(0, slash);
            if (!SourceName.isValid(source)) {
                throw none(text);
            }
            return oneOf(text, candidates(text.substring(slash + 1), List.of(new SourceName(source))));
        }
        return oneOf(text, candidates(text, meant(text)));
    }

    private List<BackupName> candidates(String id, List<SourceName> sources) {
        List<BackupName> candidates = new ArrayList<>();
        for (SourceName source : sources) {
            List<BackupId> ids = repository.heads().newestFirst(source);
            if (id.equals("latest")) {
                ids.stream()
                        .map(each -> new BackupName(source, each))
                        .filter(this::isBackup)
                        .findFirst()
                        .ifPresent(candidates::add);
                continue;
            }
            Optional<BackupId> exact =
                    ids.stream().filter(each -> each.toString().equals(id)).findFirst();
            if (exact.isPresent()) {
                candidates.add(new BackupName(source, exact.get()));
            } else if (!id.isEmpty()) {
                ids.stream()
                        .filter(each -> each.toString().startsWith(id))
                        .forEach(each -> candidates.add(new BackupName(source, each)));
            }
        }
        return candidates;
    }

    /**
     * Whether {@code latest} may mean it. A tombstone stands under a head's name and is no backup. A damaged head is one, and reading it
     * will say so. What was kept of a state that was replaced, or that was broken, is not what a person means who has not named it.
     */
    private boolean isBackup(BackupName name) {
        try {
            return repository
                    .heads()
                    .glance(name)
                    .filter(head -> !Set.of(Kind.SAFETY, Kind.EMERGENCY)
                            .contains(head.about().kind()))
                    .isPresent();
        } catch (HoldfastException e) {
            return true;
        }
    }

    private BackupName oneOf(String text, List<BackupName> candidates) {
        if (candidates.isEmpty()) {
            throw none(text);
        }
        if (candidates.size() > 1) {
            throw new HoldfastException(ErrorCode.AMBIGUOUS, "'" + text + "' can mean " + someOf(candidates))
                    .withHint("name one of them in full");
        }
        return candidates.get(0);
    }

    private static String someOf(List<?> things) {
        List<String> some =
                things.stream().limit(MOST_NAMED).map(Object::toString).toList();
        int more = things.size() - some.size();
        return String.join(", ", some) + (more > 0 ? " and " + more + " more" : "");
    }

    private HoldfastException none(String text) {
        return new HoldfastException(ErrorCode.NO_SUCH_BACKUP, "no backup '" + text + "' in " + repository)
                .withHint("holdfast list shows what is there");
    }
}
