package dev.holdfast.repository;

import dev.holdfast.run.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What is in a backup.
 *
 * @param relations the places of its relation list
 * @param reuse what was read and what was kept; empty in backups that do not say
 * @param parent the backup it was compared with while it was written; it does not need it
 * @param findings what was noticed while it was taken, above all what is not in it
 */
public record Contents(
        List<Place> relations,
        List<Piece> pieces,
        Totals totals,
        Optional<Reuse> reuse,
        Optional<BackupId> parent,
        List<Finding> findings) {
    public Contents {
        relations = List.copyOf(relations);
        pieces = List.copyOf(pieces);
        findings = List.copyOf(findings);
    }
}
