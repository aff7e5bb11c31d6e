package dev.holdfast.postgres.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One session of psql that stays open. Used by one thread at a time; the owner closes it. */
public final class PsqlSession implements AutoCloseable {
    private static final String END = "--- end of the answer ---";

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    public PsqlSession(TestDatabase database) {
        this(database.server().program("psql"), database.url());
    }

    /** A session of that psql with the database of that URL. */
    public PsqlSession(String psql, String url) {
        try {
            this.process = new ProcessBuilder(psql, "-XqAt", "-d", url)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.in = process.outputWriter(UTF_8);
        this.out = process.inputReader(UTF_8);
    }

    /** Runs statements, also after one that failed; what was printed, errors too. */
    public List<String> run(String sql) {
        try {
            in.write(sql + ";\n\\echo " + END + "\n"); // a query would be refused in a transaction that failed
            in.flush();
            List<String> lines = new ArrayList<>();
            for (String line = out.readLine(); !END.equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new AssertionError("psql ended: " + lines);
                }
                lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs statements; any error fails the test. */
    public List<String> must(String sql) {
        List<String> lines = run(sql);
        if (lines.stream().anyMatch(line -> line.contains("ERROR:"))) {
            throw new AssertionError(lines + "\n" + sql);
        }
        return lines;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
