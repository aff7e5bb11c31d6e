package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.Encoding;

/** What the text of a dump tells of itself, gathered while it is read. Used by one thread. */
final class DumpFacts implements DumpScanner.Sink {
    private static final Pattern VERSION =
            Pattern.compile("-- Dumped (from database|by pg_dump) version (\\d+)(?:\\.(\\d+))?(.*)");
    private static final int WITH_SHORT_VERSIONS = 10;

    /** Enough of a statement to see what it is; few have to be read on. */
    private static final int VERB = 24;

    private final String firstDatabase;
    private final Map<String, DumpedDatabase> databases = new LinkedHashMap<>();
    private final Set<String> roles = new TreeSet<>();
    private final Set<String> tablespaces = new TreeSet<>();
    private final Set<String> unknownCommands = new TreeSet<>();
    private final Set<String> unended = new TreeSet<>();
    private Optional<String> restriction = Optional.empty();
    private boolean needsTables;
    private OptionalInt server = OptionalInt.empty();
    private OptionalInt tool = OptionalInt.empty();
    private String serverVersion = "";

    private DumpedDatabase current;
    private Charset charset = UTF_8;
    private Optional<String> schema = Optional.empty();
    private String table = "";
    private boolean isInsert;
    private boolean namesColumns;

    /**
     * @param firstDatabase what we call the database of a dump that names none
     */
    DumpFacts(String firstDatabase) {
        this.firstDatabase = firstDatabase;
        this.current = database(firstDatabase);
    }

    private DumpedDatabase database(String name) {
        return databases.computeIfAbsent(name, DumpedDatabase::new);
    }

    @Override
    public void statement(byte[] text, int length, boolean whole) {
        isInsert = false;
        String verb = new DumpStatement(new String(text, 0, Math.min(length, VERB), ISO_8859_1)).verb();
        switch (verb) {
            case "INSERT" -> inserting(DumpStatement.of(text, Math.min(length, DumpStatement.HEAD), charset));
            case "SELECT" -> selecting(DumpStatement.of(text, Math.min(length, DumpStatement.HEAD), charset));
            case "COPY" ->
                table = DumpStatement.of(text, length, charset)
                        .copiedInto()
                        .map(this::quoted)
                        .orElse("");
            case "SET" -> setting(DumpStatement.of(text, length, charset));
            case "ALTER" -> altering(DumpStatement.of(text, length, charset));
            case "GRANT", "REVOKE" ->
                roles.addAll(DumpStatement.of(text, length, charset).roles());
            case "CREATE", "REFRESH" -> making(DumpStatement.of(text, length, charset));
            default -> {}
        }
    }

    private String quoted(String name) {
        return DumpNames.quoted(name, schema);
    }

    private void inserting(DumpStatement statement) {
        statement.insertedInto().ifPresent(into -> {
            isInsert = true;
            table = quoted(into);
            namesColumns = statement.namesColumns();
        });
    }

    private void selecting(DumpStatement statement) {
        statement.sequenceValue(schema).ifPresent(current.sequences::add);
        if (statement.text().startsWith("SELECT pg_catalog.lo_create(")) {
            current.largeObjects++;
        }
    }

    private void setting(DumpStatement statement) {
        roles.addAll(statement.roles());
        statement.setting("client_encoding").ifPresent(encoding -> {
            current.encoding = encoding;
            String known = Encoding.getDatabaseEncoding(encoding).name();
            charset = Charset.isSupported(known) ? Charset.forName(known) : UTF_8;
        });
        statement.setting("default_tablespace").filter(name -> !name.isEmpty()).ifPresent(tablespaces::add);
        statement
                .setting("search_path")
                .ifPresent(path -> schema = Optional.of(path.split(",", -1)[0].strip())
                        .map(DumpNames::bare)
                        .filter(first -> !first.isEmpty()));
    }

    private void altering(DumpStatement statement) {
        roles.addAll(statement.roles());
        needsTables |= statement.isOnTable();
        if (statement.text().endsWith(" NOT VALID;")) {
            current.notValid.add(statement.text());
        }
    }

    private void making(DumpStatement statement) {
        roles.addAll(statement.roles());
        needsTables |= statement.isOnTable();
        statement.table().map(this::quoted).ifPresent(current.tables::add);
        statement.extension().ifPresent(made -> current.extensions.put(made.name(), made.schema()));
        statement.refreshed().map(this::quoted).map(ReadyStatements::refresh).ifPresent(current.refreshes::add);
    }

    @Override
    public void more(byte[] text, int length) {}

    @Override
    public void ended(long groups) {
        if (isInsert) {
            current.addRows(table, Math.max(1, groups - (namesColumns ? 1 : 0)));
        }
    }

    @Override
    public void copied(byte[] text, int from, int to) {}

    @Override
    public void unended() {
        unended.add(table);
    }

    @Override
    public void copyEnded(long rows) {
        current.addRows(table, rows);
    }

    @Override
    public void meta(String line) {
        Optional<DumpMeta> meta = DumpMeta.of(new String(line.getBytes(ISO_8859_1), charset));
        if (meta.isEmpty()) {
            unknownCommands.add(DumpMeta.name(line));
        } else if (meta.get() instanceof DumpMeta.Restrict begun) {
            restriction = Optional.of(begun.key());
        } else if (meta.get() instanceof DumpMeta.Unrestrict ended) {
            restriction = restriction.filter(key -> !key.equals(ended.key()));
        } else if (meta.get() instanceof DumpMeta.Connect connect) {
            current = database(connect.database());
            charset = UTF_8;
            schema = Optional.empty();
        }
    }

    @Override
    public void comment(String line) {
        Matcher version = VERSION.matcher(line);
        if (version.matches()) {
            int major = Integer.parseInt(version.group(2));
            int minor =
                    Optional.ofNullable(version.group(3)).map(Integer::parseInt).orElse(0);
            int number = major < WITH_SHORT_VERSIONS ? major * 10000 + minor * 100 : major * 10000 + minor;
            if (version.group(1).startsWith("from")) {
                serverVersion = version.group(2) + (version.group(3) == null ? "" : "." + version.group(3));
                server = OptionalInt.of(Math.max(number, server.orElse(0)));
            } else {
                tool = OptionalInt.of(Math.max(number / 10000, tool.orElse(0)));
            }
        }
    }

    /** The databases of which it says anything, in its order. */
    List<DumpedDatabase> databases() {
        List<DumpedDatabase> all = new ArrayList<>(databases.values());
        all.removeIf(each -> each.name().equals(firstDatabase) && each.isEmpty() && databases.size() > 1);
        return all;
    }

    /** Whether it makes something of tables that are there. */
    boolean needsTables() {
        return needsTables;
    }

    Set<String> roles() {
        return roles;
    }

    Set<String> tablespaces() {
        return tablespaces;
    }

    /** Meta-commands that no dump has. */
    Set<String> unknownCommands() {
        return unknownCommands;
    }

    /** Tables whose rows have no end of their own. */
    Set<String> tablesWithoutEnd() {
        return unended;
    }

    /** The key of a {@code \restrict} that was not taken back. */
    Optional<String> restriction() {
        return restriction;
    }

    /** The version of the dumped server, as the server itself gives it as a number. */
    OptionalInt server() {
        return server;
    }

    String serverVersion() {
        return serverVersion;
    }

    /** The major of the pg_dump that wrote it. */
    OptionalInt tool() {
        return tool;
    }
}
