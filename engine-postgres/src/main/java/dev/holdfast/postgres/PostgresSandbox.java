package dev.holdfast.postgres;

import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A database of its own on a server that it may be tried on. */
final class PostgresSandbox implements Sandbox {
    private static final String OWN_SEARCH_PATH = "\"$user\", public";

    private final SandboxServer server;
    private final JsonObject source;
    private final String database;
    private final Run run;
    private final HeapCheck heap;
    private final List<String> told;

    private PostgresSandbox(SandboxServer server, JsonObject source, Run run, HeapCheck heap, List<String> told) {
        this.run = run;
        this.server = server;
        this.source = source;
        this.database = server.nameFor(named(source));
        this.heap = heap;
        this.told = told;
    }

    /** What is known of a dump may have no name. */
    private static String named(JsonObject source) {
        JsonObject identity = source.has("identity") ? source.object("identity") : source;
        return identity.optionalString("database").orElse("restored");
    }

    static PostgresSandbox open(Run run, SandboxOrder order, PgPrograms programs, Map<String, String> environment) {
        int major = Math.toIntExact(order.database().count("server_version_num") / 10_000);
        SandboxServer server = new SandboxServers(programs, environment).start(order.place(), major, run);
        try {
            List<String> told = new ArrayList<>();
            boolean isOurs = !PgAddress.isUrl(order.place());
            told.add(NotTheSource.show(server, isOurs, order.source(), order.database(), environment));
            return new PostgresSandbox(server, order.database(), run, new HeapCheck(programs, environment, run), told);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return server.description();
    }

    @Override
    public String database() {
        return database;
    }

    @Override
    public String url() {
        return server.url();
    }

    @Override
    public List<String> prepare(Function<String, Optional<byte[]>> pieces) {
        List<String> lines = new ArrayList<>(told);
        heap.lacking(server.address()).ifPresent(why -> lines.add("left out: pg_amcheck, since " + why));
        for (String role : Roles.named(PieceText.of(pieces, "roles.sql"))) {
            if (server.place(role)) {
                lines.add("made: role " + role + ", as a placeholder that nobody can be");
            }
        }
        return lines;
    }

    @Override
    public Reading reread(List<JsonObject> relations, int readers) {
        List<Table> tables = relations.stream().map(Table::of).toList();
        return new PostgresReading(Moment.open(connections(), TableChoice.named(tables), readers));
    }

    private PgConnections connections() {
        return new PgConnections(server.address().withDatabase(database), run::wokenBy);
    }

    @Override
    public List<Observation> observe(Function<String, Optional<byte[]>> pieces, int jobs) {
        List<Observation> all = new ArrayList<>();
        try (PgSession session = connections().openSession()) {
            all.addAll(new RestoredLook(session.connection(), pieces).all());
        }
        heap.look(server.address().withDatabase(database), jobs).ifPresent(all::add);
        return all;
    }

    @Override
    public String answer(String question) {
        try (PgSession session = connections().openSession()) {
            String searchPath = source.optionalString("search_path").orElse(OWN_SEARCH_PATH);
            return Questions.answer(session, Optional.empty(), searchPath, question);
        }
    }

    @Override
    public List<String> keep() {
        return server.keep();
    }

    @Override
    public void close() {
        server.close();
    }
}
