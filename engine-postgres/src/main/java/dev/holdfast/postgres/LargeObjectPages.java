package dev.holdfast.postgres;

import dev.holdfast.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages of large objects, as rows of {@code pg_largeobject}. An object that was never written to has none, and one with holes lacks
 * some; a page that is empty counts only where it is the last one, and with it how long its object is.
 *
 * @param way how the role that takes the backup can get at them
 * @param pageBytes how many bytes of an object a whole page holds
 */
record LargeObjectPages(Way way, long pageBytes) implements RowSource {
    /** How pages are read; the rows of the two ways differ for objects with pages of zeros. */
    enum Way {
        /** As they stand, with the right to read the catalog. */
        STORED("stored"),
        /** Asked for, with the right to read each object; pages of zeros are taken for holes. */
        ASKED_FOR("asked_for");

        private final String word;

        Way(String word) {
            this.word = word;
        }
    }

    /** The catalog that holds them, which has the same oid in every database. */
    static final String CATALOG = "pg_catalog.pg_largeobject";

    /** The catalog that says which objects there are. */
    static final String OBJECTS = "pg_catalog.pg_largeobject_metadata";

    static final List<String> COLUMNS = List.of("loid", "pageno", "data");
    static final List<String> KEY = List.of("loid", "pageno");
    private static final String HAS_LATER = "EXISTS (SELECT 1 FROM " + CATALOG
            + " AS later WHERE later.loid = pg_largeobject.loid AND later.pageno > pg_largeobject.pageno)";
    private static final String NOT_EMPTY_OR_LAST = "(pg_catalog.length(data) > 0 OR NOT " + HAS_LATER + ")";

    /** Deletes the pages that do not count. One of them could become the last of its object, or be in the way of another. */
    static final String DELETE_EMPTY =
            "WITH gone AS (DELETE FROM ONLY " + CATALOG + " WHERE pg_catalog.length(data) = 0 AND " + HAS_LATER
                    + " RETURNING 1) SELECT pg_catalog.count(*) FROM gone";

    static LargeObjectPages of(JsonObject facts) {
        Way way = facts.string("large_objects").equals(Way.STORED.word) ? Way.STORED : Way.ASKED_FOR;
        return new LargeObjectPages(way, facts.count("page_bytes"));
    }

    @Override
    public String from(Table table, List<String> conditions) {
        if (way == Way.ASKED_FOR) {
            return "(" + Sql.text("large-object-pages") + ") AS pages";
        }
        List<String> all = new ArrayList<>(conditions);
        all.add(NOT_EMPTY_OR_LAST);
        return "ONLY " + CATALOG + " WHERE " + String.join(" AND ", all);
    }

    @Override
    public List<String> locked(Table table) {
        return way == Way.STORED ? List.of(CATALOG) : List.of();
    }

    @Override
    public boolean byPages() {
        return way == Way.STORED;
    }

    @Override
    public Optional<String> neverCompared() {
        return way == Way.STORED ? Optional.empty() : Optional.of("large objects may only be read one by one");
    }

    /** Whether an empty page counts depends on pages in other ranges. */
    @Override
    public String fingerprinted(Table table, List<String> conditions) {
        return "coalesce(pg_catalog.bool_or(pg_catalog.length(data) = 0), false) FROM ONLY " + CATALOG
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    @Override
    public void addTo(JsonObject facts) {
        facts.put("large_objects", way.word).put("page_bytes", pageBytes);
    }
}
