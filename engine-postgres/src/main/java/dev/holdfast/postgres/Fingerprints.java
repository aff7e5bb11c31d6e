package dev.holdfast.postgres;

import dev.holdfast.engine.Fingerprint;
import dev.holdfast.engine.Part;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the version fingerprints of ranges: how many rows, and a hash over where each stands and which transaction wrote it. A row
 * version never changes in place, so the same pairs are the same rows, as long as a {@link Comparison} finds that they are comparable. The
 * hash is a sum without carry, so no order matters; a place holds one row at most, so no two pairs cancel each other out.
 */
final class Fingerprints {
    /** A transaction's number, from 18 on by its hash. Before, its age is known: made constant by that of a fixed one, asked for once. */
    private static final int FIRST_WITH_HASHES = 18;

    private static final String NUMBER = "pg_catalog.hashxidextended(xmin, 0)";
    private static final String NUMBER_BY_AGE =
            "(pg_catalog.age(xmin)::bigint - (SELECT pg_catalog.age('3'::xid)::bigint)) & 4294967295";

    private Fingerprints() {}

    /** One for each part, in their order; empty where a range holds a row that says something of rows in other ranges. */
    static List<Optional<Fingerprint>> ask(PgSession session, List<Part> parts) throws SQLException {
        boolean hashes = session.connection().getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_HASHES;
        String hash = "pg_catalog.bit_xor(pg_catalog.hashtidextended(ctid, " + (hashes ? NUMBER : NUMBER_BY_AGE) + "))";
        List<String> queries = new ArrayList<>();
        for (Part part : parts) {
            Table table = Table.of(part.relation().facts());
            queries.add("SELECT " + queries.size() + ", pg_catalog.count(*), " + hash + ", "
                    + table.source().fingerprinted(table, Table.conditions(part.range())));
        }
        List<Optional<Fingerprint>> found = new ArrayList<>();
        try (var statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery(String.join(" UNION ALL ", queries) + " ORDER BY 1")) {
            while (row.next()) {
                var fingerprint = new Fingerprint(row.getLong(2), HexFormat.of().toHexDigits(row.getLong(3)));
                found.add(row.getBoolean(4) ? Optional.empty() : Optional.of(fingerprint));
            }
        }
        return found;
    }
}
