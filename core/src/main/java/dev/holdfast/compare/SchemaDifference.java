package dev.holdfast.compare;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.holdfast.engine.BackupText;
import dev.holdfast.repository.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * How two schemas differ.
 *
 * @param objects what differs, by name
 * @param unified the difference of each of them as {@code diff -u} prints it, one after another
 */
public record SchemaDifference(List<ObjectChange> objects, String unified) {
    private static final int CONTEXT = 3;

    /** Lines of one side times lines of the other, above which looking for the shortest difference takes too long. */
    private static final long LONGEST = 25_000_000;

    /** What became of an object, seen from the backup. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED
    }

    /** One object that differs. */
    public record ObjectChange(Change change, String object) {}

    public SchemaDifference {
        objects = List.copyOf(objects);
    }

    public boolean isSame() {
        return objects.isEmpty();
    }

    /** Between two backups. */
    public static SchemaDifference between(Manifest backup, Manifest other, BackupText text) {
        return between(backup, other.piece(text.schemaPiece()), text);
    }

    /** Between a backup and what tells another schema in the same way. */
    public static SchemaDifference between(Manifest backup, byte[] other, BackupText text) {
        return between(objects(backup.piece(text.schemaPiece()), text), objects(other, text));
    }

    private static SortedMap<String, String> objects(byte[] schema, BackupText text) {
        return text.objects(new String(schema, StandardCharsets.UTF_8));
    }

    /** Compares object by object: so no order matters, and no text is so long that a difference takes for ever. */
    static SchemaDifference between(SortedMap<String, String> backup, SortedMap<String, String> other) {
        List<ObjectChange> changes = new ArrayList<>();
        List<String> unified = new ArrayList<>();
        var names = new TreeSet<>(backup.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            List<String> before = lines(backup.getOrDefault(name, ""));
            List<String> after = lines(other.getOrDefault(name, ""));
            if (!before.equals(after)) {
                Change change = before.isEmpty() ? Change.ADDED : after.isEmpty() ? Change.REMOVED : Change.CHANGED;
                changes.add(new ObjectChange(change, name));
                unified.addAll(unified(name, before, after));
            }
        }
        return new SchemaDifference(changes, unified.isEmpty() ? "" : String.join("\n", unified) + "\n");
    }

    private static List<String> unified(String name, List<String> before, List<String> after) {
        if ((long) before.size() * after.size() > LONGEST) {
            return List.of("--- backup: " + name, "+++ other: " + name, "(too long to be shown line by line)");
        }
        return UnifiedDiffUtils.generateUnifiedDiff(
                "backup: " + name, "other: " + name, before, DiffUtils.diff(before, after), CONTEXT);
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1)); // a carriage return is part of its line
    }
}
