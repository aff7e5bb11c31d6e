package dev.holdfast.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A server to throw away, in which a backup is brought back to see whether it can be. Nothing of it is left after {@link #close}, nor when
 * this process dies. Used by one thread; the caller closes it.
 */
public interface Sandbox extends AutoCloseable {
    /** What it is, for people: the product, its version, where its programs are. */
    String description();

    /** How the engine connects to a database of it. */
    String url(String database);

    /**
     * Makes what a backup expects to find at a server, as far as placeholders will do: roles that nobody can be, say.
     *
     * @param pieces the backup's
     * @return what was made, or left out, one line each, for people
     */
    List<String> prepare(Function<String, Optional<byte[]>> pieces);

    /** Shows that it is not the server that the URL leads to; an error when it may be. */
    void proveNotToBe(String url);

    /**
     * Looks at a database that was restored for what its rows and its schema's text do not show.
     *
     * @param pieces the backup's
     */
    List<Observation> observe(String database, Function<String, Optional<byte[]>> pieces);

    @Override
    void close();

    /**
     * One thing that was looked at.
     *
     * @param what was expected, as a sentence
     * @param doubts what was found instead; empty when it is so
     */
    record Observation(String what, Optional<String> doubts) {}
}
