package dev.holdfast.restore;

import dev.holdfast.journal.Journal;
import dev.holdfast.repository.Repository;
import java.util.Optional;

/**
 * Where safety backups go.
 *
 * @param elsewhere how people name the repository, when it is not the one that is restored from
 */
public record SafetyPlace(Repository repository, Journal journal, Optional<String> elsewhere) {}
