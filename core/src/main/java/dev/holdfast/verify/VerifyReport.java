package dev.holdfast.verify;

import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * What a verification showed.
 *
 * @param backups each backup that was looked at
 * @param damagedFiles the repository's own files that are not what was written, one line each
 * @param packs how many packs were read
 * @param bytes how many bytes were hashed
 */
public record VerifyReport(
        List<BackupVerdict> backups, List<String> damagedFiles, long packs, long bytes, Duration took) {
    public VerifyReport {
        backups = List.copyOf(backups);
        damagedFiles = List.copyOf(damagedFiles);
    }

    /** Passed only when every single thing that was looked at is right; failed when anything was seen to be wrong. */
    public Verdict verdict() {
        if (!damagedFiles.isEmpty() || backups.stream().anyMatch(each -> each.verdict() == Verdict.FAIL)) {
            return Verdict.FAIL;
        }
        boolean all = backups.stream().allMatch(each -> each.verdict() == Verdict.PASS);
        return all ? Verdict.PASS : Verdict.UNDETERMINED;
    }
}
