package dev.holdfast.postgres;

import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.testing.Programs;
import java.nio.file.Path;
import java.util.List;

/** What can happen to a server of a test's own, or to a whole database of it. */
enum ServerEvent {
    /** The server ends all sessions, recovers, and loses what was committed last. */
    BACKEND_KILLED {
        @Override
        void happenTo(SecondWorld world, Runnable lost) {
            lost.run();
            String before = recovered(world.server());
            String pid = world.session(0).must("SELECT pg_backend_pid()").get(0);
            mustRun(List.of("kill", "-9", pid));
            awaitRecovery(world.server(), before);
        }
    },
    IMMEDIATE_STOP {
        @Override
        void happenTo(SecondWorld world, Runnable lost) {
            lost.run();
            world.server().crash();
            world.server().startAgain();
        }
    },
    RESTART {
        @Override
        void happenTo(SecondWorld world, Runnable lost) {
            lost.run();
            world.server().stop();
            world.server().startAgain();
        }
    },
    /** What was copied before a few steps comes back after them. */
    PUT_BACK_IN_TIME {
        @Override
        void happenTo(SecondWorld world, Runnable lost) {
            Path data = world.server().server().folder().resolve("data");
            Path copy = data.resolveSibling("copy");
            world.server().stop();
            mustRun(List.of("cp", "-a", data.toString(), copy.toString()));
            world.server().startAgain();
            world.connect();
            lost.run();
            world.server().stop();
            mustRun(List.of("rm", "-r", data.toString()));
            mustRun(List.of("mv", copy.toString(), data.toString()));
            world.server().startAgain();
        }
    },
    DATABASE_MADE_AGAIN {
        @Override
        void happenTo(SecondWorld world, Runnable lost) {
            lost.run();
            TestDatabase database = world.database;
            world.disconnect();
            database.server()
                    .must(
                            "postgres",
                            "CREATE DATABASE other TEMPLATE " + database.name() + "; DROP DATABASE " + database.name()
                                    + "; ALTER DATABASE other RENAME TO " + database.name());
        }
    };

    abstract void happenTo(SecondWorld world, Runnable lost);

    /** Lets it happen after a backup that saw a row which may be lost then; the first row after it may take its number and its place. */
    void happen(SecondWorld world, Runnable backUp) {
        happenTo(world, () -> {
            world.run(0, "INSERT INTO relived VALUES ('lost')");
            backUp.run();
        });
        world.connect();
        world.run(0, "INSERT INTO relived VALUES ('other')");
    }

    /** Something that each recovery changes; empty while the server does not answer. */
    static String recovered(TestServer server) {
        return server.psql("postgres", "SELECT stats_reset FROM pg_stat_bgwriter")
                .text()
                .strip();
    }

    static void awaitRecovery(TestServer server, String before) {
        String now = recovered(server);
        while (now.isEmpty() || now.equals(before)) {
            now = recovered(server);
        }
    }

    static void mustRun(List<String> command) {
        Programs.Result result = Programs.run(command);
        if (result.exit() != 0) {
            throw new AssertionError(command + ": " + result.errors());
        }
    }
}
