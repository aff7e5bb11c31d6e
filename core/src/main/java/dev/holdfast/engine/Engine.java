package dev.holdfast.engine;

import java.util.Optional;

/** A database product. Safe for several threads; owns nothing. */
public interface Engine {
    /** Whether the URL is one of this product's. */
    boolean understands(String url);

    /** The name of the database that the URL, or else the product's usual environment, names; empty where neither does. */
    Optional<String> databaseName(String url);

    /**
     * Connects to a database. What the URL leaves out comes from the product's usual environment.
     *
     * @param url empty for nothing but the environment
     */
    Database connect(String url);

    /** Connects to the URL's server, to the database it names or, if there is none of that name, to another one. */
    Database connectServer(String url);
}
