package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.util.List;

/**
 * A file or folder that the product's own tools wrote, and that a database can come back from. It is read whole first, which shows whether
 * anything is missing and what it holds; only then it is restored. Used by one thread, in the order of the methods; the file is never
 * changed.
 */
public interface Dump {
    /** What it is, for people: its form, where it is. */
    String description();

    /** Reads it to its end. Whatever is wrong with it is in the answer; an error says that nobody could look. */
    DumpContents read(Run run);

    /** What is known of the server it was taken from, as it would stand in a backup's head. */
    JsonObject server();

    /** What the dump needs and the sandbox does not have, so that it cannot be brought back there; one line each. */
    List<String> lacking(Sandbox sandbox);

    /** Brings it back. What went wrong is in the answer; an error says that it was not tried, or not to its end. */
    DumpRestored restore(Run run, Sandbox sandbox, DumpOrder order);

    /** The databases that hold what came back, by their names in the sandbox. */
    List<String> databases();

    /** Looks at one of them: whether its tables have as many rows as the dump, and what rows do not show. */
    List<Sandbox.Observation> look(String database);

    /** Asks one of them a question in its own language, with no more rights than the dump's statements had: asking may run what they made. */
    String answer(String database, String question);
}
