package dev.holdfast.store;

import java.util.regex.Pattern;

/**
 * The name of a blob: folders and a file name, joined by {@code /}. Only letters, digits, dot, dash and underscore; no part is
 * {@code .} or {@code ..}, so that no name can leave the store.
 */
public record BlobName(String path) implements Comparable<BlobName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,255}(/[A-Za-z0-9._-]{1,255}){0,7}");
    private static final Pattern DOTS = Pattern.compile("(^|.*/)\\.{1,2}(/.*|$)");

    public BlobName {
        if (!FORM.matcher(path).matches() || DOTS.matcher(path).matches()) {
            throw new IllegalArgumentException("not a blob name: " + path);
        }
    }

    /** The part after the last slash. */
    public String lastPart() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(BlobName other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
