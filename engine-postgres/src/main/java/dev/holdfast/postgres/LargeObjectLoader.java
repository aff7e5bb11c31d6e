package dev.holdfast.postgres;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Iterator;
import org.postgresql.copy.CopyIn;

/**
 * Writes pages of large objects that are there, through a temporary table: nobody but a superuser may load their catalog itself. Used by
 * one thread, within a transaction.
 */
final class LargeObjectLoader {
    private static final int BATCH_BYTES = 64 << 20;
    private static final String DOING = "writing large objects";

    private final PgSession session;
    private final Iterator<byte[]> records;
    private byte[] rest = new byte[0];

    /**
     * @param records COPY text of pages, cut anywhere
     */
    LargeObjectLoader(PgSession session, Iterator<byte[]> records) {
        this.session = session;
        this.records = records;
    }

    /** Writes all pages; as many at once as a temporary table of a moderate size holds. */
    void load(LargeObjectPages pages) throws SQLException {
        execute("CREATE TEMPORARY TABLE holdfast_pages (loid oid, pageno int, data bytea) ON COMMIT DROP;"
                + " ALTER TABLE pg_temp.holdfast_pages ALTER data SET STORAGE PLAIN");
        String write = String.format(Sql.text("large-object-write"), pages.pageBytes());
        while (records.hasNext()) {
            copyBatch();
            execute(write);
            execute("TRUNCATE pg_temp.holdfast_pages");
        }
        if (rest.length > 0) {
            throw new IllegalStateException("the last page of large objects is not whole");
        }
    }

    private void execute(String sql) {
        PgConnections.execute(session.connection(), DOING, sql);
    }

    /** Whole rows only: what is behind the last line end waits for the next batch. */
    private void copyBatch() throws SQLException {
        CopyIn in = session.driver().getCopyAPI().copyIn("COPY pg_temp.holdfast_pages FROM STDIN");
        long written = 0;
        while (records.hasNext() && written < BATCH_BYTES) {
            byte[] part = records.next();
            int whole = afterLastLine(part);
            if (whole > 0) {
                in.writeToCopy(rest, 0, rest.length);
                rest = new byte[0];
            }
            in.writeToCopy(part, 0, whole);
            keep(part, whole);
            written += part.length;
        }
        in.endCopy();
    }

    private static int afterLastLine(byte[] part) {
        int end = part.length;
        while (end > 0 && part[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private void keep(byte[] part, int from) {
        byte[] longer = Arrays.copyOf(rest, rest.length + part.length - from);
        System.arraycopy(part, from, longer, rest.length, part.length - from);
        rest = longer;
    }
}
