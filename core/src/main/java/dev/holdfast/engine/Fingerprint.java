package dev.holdfast.engine;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.Optional;

/**
 * A version fingerprint: which versions of rows a range holds, without a word about what they say. Where the engine still compares a
 * relation with an earlier backup, equal fingerprints mean equal rows.
 *
 * @param count how many rows
 * @param versions the engine's hash over their versions
 */
public record Fingerprint(long count, String versions) {
    /** Whether a range whose rows were counted and hashed earlier holds these versions of rows; without a hash nobody knows. */
    public boolean isOf(long earlierCount, Optional<String> earlierVersions) {
        return count == earlierCount && earlierVersions.equals(Optional.of(versions));
    }

    /** An error when a range gave another number of rows than it was said to have. */
    public void checkCount(String relation, long given) {
        if (count != given) {
            throw new HoldfastException(
                            ErrorCode.DATABASE_FAILED,
                            relation + ": the server counted " + count + " rows in a range and gave " + given)
                    .withHint("the table or its server may be damaged; look into the server's log");
        }
    }
}
