package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A backup's schema archive in a private file, with its own table of contents. Used by one thread; close deletes the file. */
final class SchemaArchive implements AutoCloseable {
    /** The piece of a backup that it is. */
    static final String PIECE = "schema.dump";

    private static final String END = "\n--\n-- PostgreSQL database dump complete\n";

    private final PgPrograms.Program program;
    private final ClientEnvironment client;
    private final Run run;
    private final Path file;
    private final List<String> contents;

    /**
     * @param program the pg_restore to use
     * @param client in which it runs; closed with this
     */
    SchemaArchive(PgPrograms.Program program, ClientEnvironment client, byte[] archive, Run run) {
        this.program = program;
        this.client = client;
        this.run = run;
        try {
            this.file = client.write(PIECE, archive);
            this.contents = list(List.of());
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private List<String> list(List<String> options) {
        var arguments = new ArrayList<>(List.of("--list", file.toString()));
        arguments.addAll(options);
        return pgRestore(arguments)
                .lines()
                .filter(line -> !line.startsWith(";"))
                .toList();
    }

    /**
     * The entries that come after the rows, in the order in which they can be made.
     *
     * @param options of pg_restore, which may leave some out
     */
    List<String> afterRows(List<String> options) {
        var arguments = new ArrayList<>(options);
        arguments.add("--section=post-data");
        return list(arguments);
    }

    /**
     * One entry's statements.
     *
     * @param tablespace a setting for them; empty when they need none
     */
    record Statement(String tablespace, String text) {
        private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".]+)";
        private static final String TABLE = "(" + NAME + "\\." + NAME + ")";
        private static final Pattern CONSTRAINT =
                Pattern.compile("ALTER TABLE (?:ONLY )?" + TABLE + "\\s+ADD CONSTRAINT (" + NAME + ") ");
        private static final Pattern OWNER = Pattern.compile("\n\n(ALTER [^\n]* OWNER TO [^\n]*;)$");
        private static final Pattern INDEX =
                Pattern.compile("CREATE (?:UNIQUE )?INDEX (" + NAME + ") ON (?:ONLY )?" + TABLE + " ");

        /** What runs in a session that other statements of an archive have run in, too. */
        String toRun() {
            return tablespace + text;
        }

        /** As {@link #text}, for people: pg_dump's own line break is left out, and those in names and values stay. */
        String told() {
            return text.replaceFirst("\n +ADD CONSTRAINT ", " ADD CONSTRAINT ");
        }

        /** What the statements make on a table, when that is a constraint or an index. */
        Optional<OnTable> made() {
            Matcher constraint = CONSTRAINT.matcher(text);
            if (constraint.lookingAt()) {
                return Optional.of(new OnTable(constraint.group(2), constraint.group(1)));
            }
            Matcher index = INDEX.matcher(text);
            return index.lookingAt() ? Optional.of(new OnTable(index.group(1), index.group(2))) : Optional.empty();
        }

        /** The constraint or index and its table; of anything else, how the statements begin. */
        String object() {
            return made().map(made -> made.name + " on " + made.table)
                    .orElseGet(() -> text.lines().findFirst().orElse(text));
        }

        /** The last statement, when it gives what the others made an owner: pg_restore runs it apart from them. */
        Optional<String> owner() {
            Matcher owner = OWNER.matcher(text);
            return owner.find() ? Optional.of(owner.group(1)) : Optional.empty();
        }
    }

    /**
     * A constraint or an index.
     *
     * @param name quoted where it has to be
     * @param table likewise, with its schema
     */
    record OnTable(String name, String table) {
        /** A query that has a row when the table has an index of that name. */
        String isThere() {
            return "SELECT 1 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid WHERE c.relname = "
                    + "(pg_catalog.parse_ident(" + Sql.value(name) + "))[1] AND i.indrelid = pg_catalog.to_regclass("
                    + Sql.value(table) + ")";
        }
    }

    Path file() {
        return file;
    }

    /** The lines of the table of contents that are wanted, in the order in which they can be made. */
    List<String> entries(Predicate<String> wanted) {
        return contents.stream().filter(wanted).toList();
    }

    boolean has(Predicate<String> wanted) {
        return contents.stream().anyMatch(wanted);
    }

    /** A file that makes pg_restore use only the entries that are wanted. */
    Path list(String name, Predicate<String> wanted) {
        return client.write(
                name, entries(wanted).stream().collect(Collectors.joining("\n")).getBytes(UTF_8));
    }

    /** Everything that the wanted entries say; nothing when there are none. */
    String print(Predicate<String> wanted) {
        return has(wanted) ? print(wanted, List.of()) : "";
    }

    private String print(Predicate<String> wanted, List<String> options) {
        var arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--use-list=" + list("printed", wanted), "--file=-", file.toString()));
        return pgRestore(arguments);
    }

    /**
     * One entry, printed alone: then what stands between the line that names it and the end is its statements, whatever they look like.
     *
     * @param options of pg_restore
     */
    Statement statement(String entry, List<String> options) {
        String printed = print(entry::equals, options);
        if (printed.indexOf('\uFFFD') >= 0) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "this could not be made at once, and its text is not UTF-8: " + entry)
                    .withHint("docs/format.md says how to restore without Holdfast");
        }
        int name = printed.indexOf("\n-- Name: ");
        int from = printed.indexOf("\n--\n", name);
        int to = printed.lastIndexOf(END);
        if (name < 0 || from < 0 || to < from) {
            throw new IllegalStateException("no statement of " + entry);
        }
        String tablespace = printed.substring(0, name)
                .lines()
                .filter(line -> line.startsWith("SET default_tablespace = "))
                .collect(Collectors.joining());
        return new Statement(
                tablespace, printed.substring(from + "\n--\n".length(), to).strip());
    }

    private String pgRestore(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program.path().toString()));
        command.addAll(arguments);
        return ChildProcess.runWell(command, client.variables(), "reading the schema archive", run)
                .outputText();
    }

    @Override
    public void close() {
        client.close();
    }
}
