package dev.holdfast.engine;

import java.util.List;

/**
 * How the restore of a dump went.
 *
 * @param prepared what was made, changed or left out for it, one line each
 * @param errors of the restoring program, and how many there were in all
 * @param unmet errors that are none of the dump's: this sandbox lacks what it asks for, or does not allow it
 */
public record DumpRestored(List<String> prepared, Errors errors, Errors unmet) {
    /**
     * Some errors.
     *
     * @param count how many there were
     * @param first the first few of them
     */
    public record Errors(long count, List<String> first) {
        public Errors {
            first = List.copyOf(first);
        }

        /** For people: how many, and the first few. */
        public String words() {
            return count + (count == 1 ? " error: " : " errors, the first: ") + String.join("; ", first);
        }
    }

    public DumpRestored {
        prepared = List.copyOf(prepared);
    }
}
