package dev.holdfast.engine;

import dev.holdfast.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How the bytes of a product's backups are read apart, with no database at hand. Safe for several threads. */
public interface BackupText {
    /** In what encoding records are; those of two databases are compared only where it is the same. */
    String encoding();

    /** The names of the fields of a relation's records, in their order. */
    List<String> columns(JsonObject relation);

    /** The columns by which a record of the relation is told from all others; empty where the database knows none. */
    List<String> key(JsonObject relation);

    /** Whether the relation is an object of the schema. One that is not is there only while it has rows: where it lacks, it has none. */
    boolean belongsToSchema(JsonObject relation);

    /** The byte between two fields; it is in no field. */
    byte fieldSeparator();

    /** What a field says; empty where it is null. */
    Optional<String> value(byte[] field);

    /** The piece that tells the schema to people. */
    String schemaPiece();

    /** The parts of such a piece: the text of each object of the schema by its name for people. */
    SortedMap<String, String> objects(String schema);
}
