package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A server to throw away, in which a backup is brought back to see whether it can be. That it is not the source's was shown before it was
 * handed out. Unless it is kept, nothing of it is left after {@link #close}, nor when this process dies, or once the next one is
 * opened. Used by one thread; the caller closes it.
 */
public interface Sandbox extends AutoCloseable {
    /** What it is, for people: the product, its version, where its programs are. */
    String description();

    /** The name of the database that is to be made in it; there is none of that name yet. */
    String database();

    /** How the engine connects to the server; which database the URL names does not matter. */
    String url();

    /**
     * Makes what a backup expects to find at a server, as far as placeholders will do: roles that nobody can be, say.
     *
     * @param pieces the backup's
     * @return what was made, shown or left out until now, one line each, for people
     */
    List<String> prepare(Function<String, Optional<byte[]>> pieces);

    /**
     * Opens one moment of the restored database, whose relations are read as the backup's were, to see whether they are equal.
     *
     * @param relations the facts of every relation of the backup
     * @param readers how many readers may read at once, at least one
     */
    Reading reread(List<JsonObject> relations, int readers);

    /**
     * Looks at the restored database for what its rows and its schema's text do not show.
     *
     * @param pieces the backup's
     * @param jobs how many connections may look at once
     */
    List<Observation> observe(Function<String, Optional<byte[]>> pieces, int jobs);

    /** Asks the restored database a question in its own language, as {@link Capture#answer} asked the source. */
    String answer(String question);

    /**
     * From now on close leaves everything as it is, for people to look at; to be called once the database is there.
     *
     * @return how it is reached and removed, one line each, for people
     */
    List<String> keep();

    @Override
    void close();

    /**
     * One thing that was looked at.
     *
     * @param name one word for it
     * @param what was expected, as a sentence
     * @param doubts what was found instead; empty when it is so
     * @param undone why nobody could look; empty when it was looked at
     * @param took how long the looking took
     */
    record Observation(String name, String what, Optional<String> doubts, Optional<String> undone, Duration took) {
        /** One that was looked at. */
        public Observation(String name, String what, Optional<String> doubts, Duration took) {
            this(name, what, doubts, Optional.empty(), took);
        }
    }
}
