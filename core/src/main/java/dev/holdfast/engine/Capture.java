package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One consistent moment of a database, being backed up. Everything but the readers is used by one thread. */
public interface Capture extends Reading {
    /** The moment, by the server's clock. */
    Instant moment();

    /** Why nothing at all is kept from the earlier backup, in a few words; empty when each relation says so for itself. */
    Optional<String> fullRead();

    /**
     * How many bytes about were written to the server since the earlier backup, by everyone and to every database; empty where nothing is
     * kept of that, or it is not known.
     */
    OptionalLong writtenSince();

    /** The tables of this moment, for what they say about the database. Looked into while no reader reads. */
    SmallTables tables();

    /**
     * Asks the database a question in its own language, at this moment and with names looked up as the role does.
     *
     * @return the one value of the answer as text; an answer of more or less than one value as JSON, row by row
     * @throws dev.holdfast.error.HoldfastException when it cannot be answered, or in more than {@link #LONGEST_ANSWER} characters
     */
    String answer(String question);

    /** An answer is to be compared by people, too. */
    int LONGEST_ANSWER = 10_000;

    /** How the moment's records are read apart. */
    BackupText text();

    /**
     * Shows that nothing was changed since the moment was opened on which the text of rows or the schema depends; rows, schema and sequences
     * are read one after the other. An error otherwise.
     */
    void checkUnmoved();

    /**
     * Reads what is read last, and returns the ready-to-run pieces beside the rows. Waits for what was begun in the background.
     * What it learns about things that are not in the backup it notes as findings of the run.
     */
    List<PieceBytes> pieces();

    /** The piece of a name; read as {@link #pieces} is. */
    default byte[] piece(String name) {
        return pieces().stream()
                .filter(piece -> piece.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    /**
     * Waits until what was read cannot be undone by a crash of the server, and returns the facts about the database that stand in the
     * head: with {@code product} and {@code identity} among them.
     */
    JsonObject settle();
}
