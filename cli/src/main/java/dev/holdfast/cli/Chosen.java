package dev.holdfast.cli;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the backup that a person means: a full id, a unique beginning, {@code latest}, each also as {@code <source>/<id>}. */
final class Chosen {
    private final Repository repository;
    private final Optional<SourceName> meant;

    /**
     * @param databaseName of the database that {@code --db} means; its source is asked first
     */
    Chosen(Repository repository, Optional<String> databaseName) {
        this.repository = repository;
        var all = repository.heads().all().keySet();
        this.meant = databaseName.map(SourceName::from).filter(all::contains);
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
        List<SourceName> sources = meant.map(List::of)
                .orElseGet(() -> List.copyOf(repository.heads().all().keySet()));
        return oneOf(text, candidates(text, sources));
    }

    private List<BackupName> candidates(String id, List<SourceName> sources) {
        List<BackupName> candidates = new ArrayList<>();
        for (SourceName source : sources) {
            List<BackupId> ids = published(source);
            if (id.equals("latest")) {
                ids.stream().findFirst().ifPresent(newest -> candidates.add(new BackupName(source, newest)));
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

    /** Newest first. A tombstone holds a name and is no backup. */
    private List<BackupId> published(SourceName source) {
        return repository.heads().newestFirst(source);
    }

    private BackupName oneOf(String text, List<BackupName> candidates) {
        if (candidates.isEmpty()) {
            throw none(text);
        }
        if (candidates.size() > 1) {
            throw new HoldfastException(
                            ErrorCode.AMBIGUOUS,
                            "'" + text + "' can mean "
                                    + String.join(
                                            ", ",
                                            candidates.stream()
                                                    .limit(5)
                                                    .map(BackupName::toString)
                                                    .toList())
                                    + (candidates.size() > 5 ? " and " + (candidates.size() - 5) + " more" : ""))
                    .withHint("name one of them in full");
        }
        return candidates.get(0);
    }

    private HoldfastException none(String text) {
        return new HoldfastException(ErrorCode.NO_SUCH_BACKUP, "no backup '" + text + "' in " + repository)
                .withHint("holdfast list shows what is there");
    }
}
