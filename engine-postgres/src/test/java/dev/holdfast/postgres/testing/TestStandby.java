package dev.holdfast.postgres.testing;

import dev.holdfast.testing.Programs;
import dev.holdfast.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A streaming standby of a server. The test closes it, before the server. */
public final class TestStandby implements AutoCloseable {
    private final TestServer primary;
    private final int port;
    private final TestProcess process;

    private TestStandby(TestServer primary, int port, TestProcess process) {
        this.primary = primary;
        this.port = port;
        this.process = process;
    }

    /** Whether standbys of the server can be made; if not, that is printed. Servers that come without all their programs cannot. */
    public static boolean canBeMade(TestServer primary) {
        boolean can = Files.isExecutable(Path.of(primary.program("pg_basebackup")));
        if (!can) {
            Seeds.print("NOT TESTED, since pg_basebackup is not here: standbys of " + primary);
        }
        return can;
    }

    /** Copies the server and starts the copy as its standby. */
    public static TestStandby of(TestServer primary, Map<String, String> settings) {
        try {
            Path folder = TestProcess.folder("standby");
            String data = folder.resolve("data").toString();
            Programs.Result copied = Programs.run(TestProcess.unprivileged(List.of(
                    primary.program("pg_basebackup"),
                    "--dbname=" + primary.url("postgres"),
                    "--pgdata=" + data,
                    "--write-recovery-conf",
                    "--checkpoint=fast",
                    "--no-sync")));
            if (copied.exit() != 0) {
                throw new AssertionError("pg_basebackup: " + copied.errors());
            }
            int port = TestProcess.freePort();
            List<String> command = new ArrayList<>(List.of(
                    primary.program("postgres"),
                    "-D",
                    data,
                    "-c",
                    "port=" + port,
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "unix_socket_directories=" + folder));
            settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
            var standby = new TestStandby(primary, port, TestProcess.start(folder, command));
            standby.awaitReady();
            return standby;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        process.await("the standby", () -> ask("postgres", "SELECT 1").exit() == 0);
    }

    /** A database of the standby. */
    public String url(String database) {
        return "postgresql://postgres@127.0.0.1:" + port + "/" + TestDatabase.escaped(database);
    }

    private Programs.Result ask(String database, String query) {
        return Programs.run(List.of(primary.program("psql"), "-XqAtc", query, url(database)));
    }

    /** Asks the standby; an error fails the test. */
    public String must(String database, String query) {
        Programs.Result result = ask(database, query);
        if (result.exit() != 0) {
            throw new AssertionError(result.errors());
        }
        return result.text().strip();
    }

    /**
     * Waits until the standby has all that the server has now. What is not on the server's disk yet is not sent: a commit that is waited
     * for brings it there, also where those of others may come late.
     */
    public void catchUp() {
        primary.must("postgres", "SET synchronous_commit = local; SELECT pg_logical_emit_message(true, 'catch', 'up')");
        String now = primary.must("postgres", "SELECT pg_current_wal_lsn()");
        while (!must("postgres", "SELECT pg_last_wal_replay_lsn() >= '" + now + "'")
                .equals("t")) {
            Thread.onSpinWait();
        }
    }

    /** Ends its connection to the server, for good: what is written there from now on does not come here. */
    public void leave() {
        must("postgres", "ALTER SYSTEM SET primary_conninfo = ''");
        must("postgres", "SELECT pg_reload_conf()");
        while (!must("postgres", "SELECT count(*) FROM pg_stat_wal_receiver").equals("0")) {
            Thread.onSpinWait();
        }
    }

    /** Makes it a server of its own. */
    public void promote() {
        must("postgres", "SELECT pg_promote()");
    }

    @Override
    public void close() {
        process.close();
    }
}
