package dev.holdfast.bench;

import dev.holdfast.postgres.ThrowawayServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server that all contenders work with, and PostgreSQL's own programs on it. */
final class BenchServer implements AutoCloseable {
    private final Tools tools;
    private final Children children;
    private final ThrowawayServer server;
    private final boolean bySocket;

    BenchServer(Tools tools, Children children, boolean bySocket) {
        this.tools = tools;
        this.children = children;
        this.bySocket = bySocket;
        this.server = ThrowawayServer.start(tools.folder(), ServerSettings.values());
    }

    String url(String database) {
        return bySocket ? server.socketUrl(database) : server.url(database);
    }

    /** A command of one of PostgreSQL's client programs on a database. */
    List<String> program(String name, String database, String... arguments) {
        List<String> command = new ArrayList<>(List.of(tools.path(name)));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--dbname", url(database)));
        return command;
    }

    /** A command of pg_restore that reads a dump without a database. */
    List<String> readDump(Path dump) {
        return List.of(tools.path("pg_restore"), "--file=/dev/null", dump.toString());
    }

    /** The command that makes an empty database. */
    List<String> createDatabase(String name) {
        return List.of(tools.path("createdb"), "--maintenance-db=" + url("postgres"), name);
    }

    /** Runs statements, each in a transaction of its own, and returns what they printed. */
    String sql(String database, String... statements) {
        List<String> command =
                new ArrayList<>(program("psql", database, "--no-psqlrc", "--quiet", "--tuples-only", "--no-align"));
        command.addAll(List.of("--set", "ON_ERROR_STOP=1"));
        for (String statement : statements) {
            command.addAll(List.of("--command", statement));
        }
        return children.run(command).strip();
    }

    /** Runs a script of psql. */
    void script(String database, Children.Input script) {
        List<String> command = new ArrayList<>(program("psql", database, "--no-psqlrc", "--quiet"));
        command.addAll(List.of("--set", "ON_ERROR_STOP=1", "--file=-"));
        children.run(command, script);
    }

    void create(String database) {
        children.run(createDatabase(database));
    }

    void drop(String database) {
        sql("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    void checkpoint() {
        sql("postgres", "CHECKPOINT");
    }

    long size(String database) {
        return Long.parseLong(sql("postgres", "SELECT pg_database_size('" + database + "')"));
    }

    Optional<Double> cpu() {
        return ServerCpu.seconds(server.folder().resolve("data"));
    }

    @Override
    public void close() {
        server.close();
    }
}
