package dev.holdfast.postgres;

import dev.holdfast.engine.Dump;
import dev.holdfast.engine.DumpContents;
import dev.holdfast.engine.DumpOrder;
import dev.holdfast.engine.DumpRestored;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What pg_dump or pg_dumpall wrote. */
final class PostgresDump implements Dump {
    /** What the database is called that comes back from a dump that names none. */
    private static final String DATABASE = "restored";

    private static final String DOING = "looking at the sandbox";
    private static final int OLDEST = 140000;

    private final DumpFile file;
    private final DumpPrograms programs;
    private Optional<PgAddress> reader = Optional.empty();
    private String restoredAs = DATABASE;
    private DumpFacts facts = new DumpFacts(DATABASE);

    PostgresDump(DumpFile file, PgPrograms programs) {
        this.file = file;
        this.programs = new DumpPrograms(programs);
    }

    @Override
    public String description() {
        String of = facts.serverVersion().isEmpty() ? "" : ", of PostgreSQL " + facts.serverVersion();
        return file + of + ", " + file.path();
    }

    @Override
    public DumpContents read(Run run) {
        facts = new DumpFacts(DATABASE);
        var reading = new DumpReading(file, programs, facts, run);
        List<String> faults = reading.faults();
        return new DumpContents(reading.summary(), faults, notAlone(), noRows());
    }

    private boolean has(Predicate<DumpedDatabase> some) {
        return facts.databases().stream().anyMatch(some);
    }

    private Optional<String> notAlone() {
        boolean extensions = has(each -> !each.extensions.isEmpty());
        if (has(each -> !each.tables.isEmpty()) || extensions) {
            return Optional.empty();
        }
        if (has(each -> !each.rows.isEmpty())) {
            return Optional.of("it holds rows and not the tables that they belong to, as with --data-only");
        }
        return facts.needsTables()
                ? Optional.of("it holds indexes, constraints or triggers and not their tables, as with --section")
                : Optional.empty();
    }

    private Optional<String> noRows() {
        if (has(each -> !each.rows.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                has(each -> !each.tables.isEmpty())
                        ? "the dump holds tables and no rows, as with --schema-only"
                        : "the dump holds no table");
    }

    @Override
    public JsonObject server() {
        return new JsonObject().put("database", DATABASE).put("server_version_num", (long)
                facts.server().orElse(OLDEST));
    }

    @Override
    public List<String> lacking(Sandbox sandbox) {
        try (PgSession session = asServer(sandbox, "postgres")) {
            Set<String> there = Set.copyOf(PgConnections.column(
                    session.connection(), DOING, "SELECT name FROM pg_catalog.pg_available_extensions"));
            return facts.databases().stream()
                    .flatMap(each -> each.extensions.keySet().stream())
                    .filter(extension -> !there.contains(extension))
                    .distinct()
                    .map(extension -> "extension " + extension)
                    .toList();
        }
    }

    private static PgSession asServer(Sandbox sandbox, String database) {
        return new PgConnections(PgAddress.of(sandbox.url(), Map.of()).withDatabase(database)).openSession();
    }

    @Override
    public DumpRestored restore(Run run, Sandbox sandbox, DumpOrder order) {
        int major = major(sandbox);
        restoredAs = sandbox.database();
        try (var stage = new DumpStage(sandbox, order.superuser(), facts.roles())) {
            reader = Optional.of(stage.address());
            var errors = new RestoreErrors(stage.schemas());
            List<String> more = new ArrayList<>();
            if (file.form().isArchive()) {
                stage.database(restoredAs, database(restoredAs));
                int tool = Math.max(major, facts.tool().orElse(major));
                try (ClientEnvironment client = stage.client(restoredAs)) {
                    ArchiveRestore.run(file, programs.pgRestore(tool), client, order.jobs(), errors, run);
                }
            } else {
                more.addAll(psql(run, stage, major, errors));
            }
            more.addAll(0, stage.prepared());
            facts.tablespaces()
                    .forEach(name -> more.add("tablespace " + name + " is left out: all is in the default one"));
            errors.unknownSettings()
                    .forEach(name -> more.add("setting " + name + ", which this server does not know, is left out"));
            return new DumpRestored(more, errors.errors(), errors.unmet());
        }
    }

    private List<String> psql(Run run, DumpStage stage, int major, RestoreErrors errors) {
        PgPrograms.Program program = programs.psql(major);
        List<ClientEnvironment> clients = new ArrayList<>();
        Function<String, PsqlFeed> begin = name -> {
            stage.database(name, database(name));
            clients.add(stage.client(name));
            return new PsqlFeed(program, clients.get(clients.size() - 1), errors, run);
        };
        try (InputStream text = file.open();
                var restore = new PsqlRestore(restoredAs, begin, stage.schemas(), major)) {
            new DumpScanner(new DumpEnd(text, run), restore).scan();
            restore.finish();
            return restore.leftOut().stream()
                    .map(what -> what + " are left out")
                    .toList();
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.STORE_FAILED, "reading " + file.path() + " again: " + DumpFile.words(e), e);
        } finally {
            clients.forEach(ClientEnvironment::close);
        }
    }

    private DumpedDatabase database(String name) {
        return facts.databases().stream()
                .filter(each -> actual(each.name()).equals(name))
                .findFirst()
                .orElseGet(() -> new DumpedDatabase(name));
    }

    private static int major(Sandbox sandbox) {
        try (PgSession session = asServer(sandbox, "postgres")) {
            return Integer.parseInt(PgConnections.column(session.connection(), DOING, "SHOW server_version_num")
                            .get(0))
                    / 10000;
        }
    }

    @Override
    public List<String> databases() {
        return held().stream().map(each -> actual(each.name())).toList();
    }

    private List<DumpedDatabase> held() {
        List<DumpedDatabase> all = facts.databases();
        return all.stream().filter(each -> !each.isEmpty() || all.size() == 1).toList();
    }

    private String actual(String name) {
        return name.equals(DATABASE) ? restoredAs : name;
    }

    /** As who restored it: reading may run what the dump made. */
    private PgSession session(String database) {
        PgAddress address = reader.orElseThrow(() -> new IllegalStateException("nothing was restored"));
        return new PgConnections(address.withDatabase(database)).openSession();
    }

    @Override
    public List<Sandbox.Observation> look(String database) {
        DumpedDatabase dumped = held().stream()
                .filter(each -> actual(each.name()).equals(database))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such database: " + database));
        List<Sandbox.Observation> all = new ArrayList<>();
        try (PgSession session = session(database)) {
            if (!dumped.rows.isEmpty()) {
                all.add(RowCounts.look(session.connection(), dumped));
            }
            all.addAll(new RestoredLook(session.connection(), dumped::piece).all());
        }
        return all;
    }

    @Override
    public String answer(String database, String question) {
        try (PgSession session = session(database)) {
            return Questions.answer(session, Optional.empty(), "public", question);
        }
    }
}
