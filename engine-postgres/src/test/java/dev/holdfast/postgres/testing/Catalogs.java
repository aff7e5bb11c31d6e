package dev.holdfast.postgres.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * What people made in a database, as the server's catalogs have it: a line for each row, with names where the catalog has numbers.
 * pg_dump's text shows what pg_dump knows of; this shows the rest.
 */
public final class Catalogs {
    private static final String QUERY = query();

    private Catalogs() {}

    private static String query() {
        try (InputStream file =
                Objects.requireNonNull(Catalogs.class.getResourceAsStream("catalogs.sql"), "catalogs.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines, sorted. */
    public static List<String> of(TestDatabase database) {
        return database.must(QUERY).lines().sorted().toList();
    }
}
