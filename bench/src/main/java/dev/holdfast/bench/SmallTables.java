package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * A script of psql that makes many small tables, as a business application has them: most are tiny, a few are not, and every third one
 * refers to the one before it. The same seed gives the same script.
 *
 * @param tables how many
 * @param bytes of COPY text in all, roughly
 */
record SmallTables(long seed, int tables, long bytes) implements Children.Input {
    private static final int BIGGEST = 64;

    @Override
    public void writeTo(OutputStream to) throws IOException {
        var random = new Seeded(seed);
        int[] weights = new int[tables];
        long sum = 0;
        for (int table = 0; table < tables; table++) {
            weights[table] = BIGGEST >> random.below(7);
            sum += weights[table];
        }
        int rowsBefore = 0;
        for (int table = 0; table < tables; table++) {
            boolean refers = table % 3 == 1;
            write(to, definition(table, refers));
            rowsBefore = rows(table, refers ? rowsBefore : 0, bytes * weights[table] / sum, random, to);
            write(to, "ALTER TABLE " + name(table) + " ADD PRIMARY KEY (id);\n");
            if (refers) {
                write(
                        to,
                        "ALTER TABLE " + name(table) + " ADD FOREIGN KEY (owner) REFERENCES " + name(table - 1)
                                + ";\n");
            }
        }
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(UTF_8));
    }

    private static String name(int table) {
        return String.format(Locale.ROOT, "part_%03d", table);
    }

    private static String definition(int table, boolean refers) {
        return "CREATE TABLE " + name(table) + " (id integer NOT NULL, " + (refers ? "owner integer NOT NULL, " : "")
                + "name text NOT NULL, amount numeric(12,2), active boolean, created timestamptz, note text);\n";
    }

    /** Returns how many rows it took to fill the bytes; one at least. */
    private static int rows(int table, int owners, long bytes, Seeded random, OutputStream to) throws IOException {
        write(to, "COPY " + name(table) + " FROM STDIN;\n");
        var line = new StringBuilder();
        int id = 0;
        for (long left = bytes; left > 0 || id == 0; left -= line.length()) {
            line.setLength(0);
            line.append(++id).append('\t');
            if (owners > 0) {
                line.append(1 + random.below(owners)).append('\t');
            }
            line.append(random.word()).append(' ').append(random.word()).append('\t');
            line.append(random.below(10_000))
                    .append('.')
                    .append(10 + random.below(90))
                    .append('\t');
            line.append(random.below(2) == 0 ? 't' : 'f').append('\t');
            random.moment(line);
            line.append('\t');
            if (random.below(4) == 0) {
                line.append("\\N");
            } else {
                random.words(3 + random.below(9), line);
            }
            write(to, line.append('\n').toString());
        }
        write(to, "\\.\n");
        return id;
    }
}
