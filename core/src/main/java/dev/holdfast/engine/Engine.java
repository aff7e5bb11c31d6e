package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.nio.file.Path;
import java.util.Optional;

/** A database product. Safe for several threads; owns nothing. */
public interface Engine {
    /** Whether the URL is one of this product's. */
    boolean understands(String url);

    /** The name of the database that the URL, or else the product's usual environment, names; empty where neither does. */
    Optional<String> databaseName(String url);

    /**
     * Connects to a database. What the URL leaves out comes from the product's usual environment. The run, when broken off, wakes whoever
     * waits for the database.
     *
     * @param url empty for nothing but the environment
     */
    Database connect(Run run, String url);

    /**
     * How backups of a database are read apart.
     *
     * @param database the facts that stand in the head
     */
    BackupText text(JsonObject database);

    /** Connects to the database of a name of the URL's server. */
    Database connect(Run run, String url, String database);

    /** Connects to the URL's server, but to another database than the one that it names, so that this one can be exchanged. */
    Database connectBeside(Run run, String url);

    /**
     * Finds or starts a server to throw away in which a backup can be brought back, shows that it is not the source's, and removes what
     * killed ones left.
     *
     * @throws dev.holdfast.error.HoldfastException when none can be had, with the reason for each kind that was tried
     */
    Sandbox sandbox(Run run, SandboxOrder order);

    /** Recognizes a dump by what stands in it; an error with the code {@code BAD_USAGE} when the file is none of this product's. */
    Dump dump(Path file);

    /**
     * Begins to look at the URL's database from beside it.
     *
     * @param doing what is being done and by whom, in a few words, for people who look at the server
     */
    Watch watch(Run run, String url, String doing);

    /** Connects to the URL's server, to the database it names or, if there is none of that name, to another one. */
    Database connectServer(Run run, String url);
}
