package dev.holdfast.verify;

import dev.holdfast.repository.BackupName;
import dev.holdfast.run.Verdict;
import java.util.List;

/**
 * What verifying one backup showed.
 *
 * @param reasons why it failed, one line each; none when it passed
 * @param damaged relations and pieces of which bytes are lost
 * @param whole how many relations can still be brought back whole
 */
public record BackupVerdict(
        BackupName backup, Verdict verdict, List<String> reasons, List<String> damaged, long whole) {
    public BackupVerdict {
        reasons = List.copyOf(reasons);
        damaged = List.copyOf(damaged);
    }
}
