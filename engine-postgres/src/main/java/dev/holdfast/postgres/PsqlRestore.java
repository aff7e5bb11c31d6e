package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Hands a plain dump to psql, one after the other for each database that it is about, and leaves out what has no place in a sandbox. Used
 * once, by one thread; the caller closes it.
 */
final class PsqlRestore implements DumpScanner.Sink, AutoCloseable {
    /** What is left out of the dump, by kind. */
    private final Set<String> leftOut = new TreeSet<>();

    private final Function<String, PsqlFeed> psql;
    private final Set<String> schemas;
    private final int major;
    private PsqlFeed feed;
    private boolean madeSomething;
    private boolean skipping;

    /**
     * @param psql begins to fill a database that is there, by its name
     * @param schemas that are there already
     * @param major of the server
     */
    PsqlRestore(String database, Function<String, PsqlFeed> psql, Set<String> schemas, int major) {
        this.major = major;
        this.psql = psql;
        this.schemas = schemas;
        this.feed = psql.apply(database);
    }

    @Override
    public void statement(byte[] text, int length, boolean whole) {
        String head = new String(text, 0, Math.min(length, DumpStatement.HEAD), UTF_8);
        var statement = new DumpStatement(head);
        skipping = leavesOut(statement, statement.verb());
        if (skipping) {
            return;
        }
        if (whole && DumpScanner.isCopyIn(text, length) && !feed.takes(text, length)) {
            skipping = true;
            return;
        }
        byte[] bytes = text;
        int end = length;
        if (statement.verb().equals("CREATE") && statement.database().isPresent()) {
            String statementHere = DatabaseStatements.understoodBy(
                    major, DatabaseStatements.withoutTablespace(new String(text, 0, length, ISO_8859_1)));
            bytes = statementHere.getBytes(ISO_8859_1);
            end = bytes.length;
        }
        feed.write(bytes, 0, end);
    }

    private boolean leavesOut(DumpStatement statement, String verb) {
        switch (verb) {
            case "CREATE" -> {
                if (statement.isOfCluster()) {
                    return leaveOut("statements about roles and tablespaces");
                }
                madeSomething = true;
                return statement.schema().filter(schemas::contains).isPresent();
            }
            case "ALTER", "DROP", "GRANT", "REVOKE", "COMMENT", "SECURITY", "SELECT" -> {
                if (statement.isOfCluster()) {
                    return leaveOut("statements about roles and tablespaces");
                }
                return !madeSomething
                        && statement.drops()
                        && leaveOut("statements that first drop what a new database does not have");
            }
            case "SET" -> {
                return statement
                        .setting("default_tablespace")
                        .filter(name -> !name.isEmpty())
                        .isPresent();
            }
            default -> {
                return false;
            }
        }
    }

    private boolean leaveOut(String what) {
        leftOut.add(what);
        return true;
    }

    @Override
    public void more(byte[] text, int length) {
        if (!skipping) {
            feed.write(text, 0, length);
        }
    }

    @Override
    public void ended(long groups) {
        if (!skipping) {
            feed.lineEnd();
        }
    }

    @Override
    public void copied(byte[] text, int from, int to) {
        if (!skipping) {
            feed.write(text, from, to);
        }
    }

    @Override
    public void copyEnded(long rows) {}

    @Override
    public void meta(String line) throws IOException {
        DumpMeta meta = DumpMeta.of(new String(line.getBytes(ISO_8859_1), UTF_8))
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.UNSUPPORTED, "the dump holds the meta-command " + DumpMeta.name(line)));
        if (meta instanceof DumpMeta.Connect connect) {
            feed.finish();
            feed.close();
            feed = psql.apply(connect.database());
            madeSomething = false;
        }
    }

    @Override
    public void unended() {}

    @Override
    public void comment(String line) {}

    /** Waits until everything was done. */
    void finish() {
        feed.finish();
    }

    /** What was left out, for people. */
    Set<String> leftOut() {
        return leftOut;
    }

    @Override
    public void close() {
        feed.close();
    }
}
