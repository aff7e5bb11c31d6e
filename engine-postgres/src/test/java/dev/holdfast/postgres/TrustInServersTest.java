package dev.holdfast.postgres;

import static dev.holdfast.postgres.TrustCondition.CRASH;
import static dev.holdfast.postgres.TrustCondition.DISTANCE;
import static dev.holdfast.postgres.TrustCondition.ON_DISK;
import static dev.holdfast.postgres.TrustCondition.POSITION;
import static dev.holdfast.postgres.TrustCondition.ROLE;
import static dev.holdfast.postgres.TrustCondition.START;
import static dev.holdfast.postgres.TrustCondition.TIMELINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.PsqlSession;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestStandby;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/**
 * For each condition that looks at the server, a history in which a transaction's number is given twice: to one that a backup saw, and
 * that is lost then, and to another one, which writes its row to the same place.
 */
final class TrustInServersTest {
    private static final String TABLE = "public.t";
    private static final String LOST = "INSERT INTO t VALUES ('lost')";
    private static final String OTHER = "INSERT INTO t VALUES ('other')";
    private static final String MANY_MORE = "CREATE TABLE more AS SELECT generate_series(1, 20000) AS i;"
            + " DO $$ BEGIN FOR i IN 1..50 LOOP INSERT INTO more VALUES (i); COMMIT; END LOOP; END $$";

    private static final Map<Integer, TestServer> SHARED = new HashMap<>();

    private static TestDatabase made(TestServer server) {
        TestDatabase database = server.fresh();
        database.must("CREATE TABLE t (a text); INSERT INTO t VALUES ('first')");
        return database;
    }

    /** One for each major; stopped and put back in time it is as good for the next story, which has a database of its own. */
    private static TestServer shared(TestServer like) {
        return SHARED.computeIfAbsent(like.major(), SecondWorld::server);
    }

    @AfterAll
    static void close() {
        SHARED.values().forEach(TestServer::close);
        SHARED.clear();
    }

    private static Path data(TestServer server) {
        return server.server().folder().resolve("data");
    }

    private static void copyAside(TestServer server) {
        server.stop();
        ServerEvent.mustRun(List.of("cp", "-a", data(server).toString(), copy(server)));
        server.startAgain();
    }

    private static void putBack(TestServer server) {
        server.stop();
        ServerEvent.mustRun(List.of("rm", "-r", data(server).toString()));
        ServerEvent.mustRun(List.of("mv", copy(server), data(server).toString()));
        server.startAgain();
    }

    private static String copy(TestServer server) {
        return data(server).resolveSibling("copy").toString();
    }

    @OldestAndNewestPostgres
    void startSeesAFolderThatWasPutBackInTimeAndWentFurther(TestServer like) {
        TestServer server = shared(like);
        try (TestDatabase database = made(server)) {
            copyAside(server);
            database.must(LOST);
            var backups = new BesideAFullRead(database);
            putBack(server);
            database.must(OTHER);
            database.must(MANY_MORE);
            backups.needs(START, TABLE);
        }
    }

    /** The start would see it, too. */
    @OldestAndNewestPostgres
    void positionSeesAFolderThatWasPutBackInTime(TestServer like) {
        TestServer server = shared(like);
        try (TestDatabase database = made(server)) {
            copyAside(server);
            database.must(LOST);
            database.must(MANY_MORE);
            var backups = new BesideAFullRead(database);
            putBack(server);
            database.must(OTHER);
            backups.needs(POSITION, TABLE, START);
        }
    }

    /** Each of the two sees it alone. */
    @OldestAndNewestPostgres
    void crashAndOnDiskSeeACommitThatWasLost(TestServer like) {
        try (TestServer server = SecondWorld.server(like.major())) {
            TestDatabase database = made(server);
            BesideAFullRead crash;
            BesideAFullRead onDisk;
            String number;
            do {
                database.must("DELETE FROM t WHERE a = 'lost'; CHECKPOINT");
                database.must(LOST);
                number = database.must("SELECT xmin FROM t WHERE a = 'lost'");
                crash = new BesideAFullRead(server, database.url(), ON_DISK);
                onDisk = new BesideAFullRead(server, database.url(), ON_DISK);
                killABackend(database);
                // the server may have written its log just then, or the half of it; then the number is not given again
            } while (!database.must("SELECT pg_snapshot_xmax(pg_current_snapshot())")
                    .equals(number));
            database.must(OTHER);
            crash.needs(CRASH, TABLE, ON_DISK);
            onDisk.needs(ON_DISK, TABLE, CRASH);
        }
    }

    @OldestAndNewestPostgres
    void aCommitThatABackupSawIsNotLostInACrash(TestServer like) {
        TestServer server = shared(like);
        try (TestDatabase database = made(server)) {
            database.must(LOST);
            var backups = new SecondBackups(database);
            assertThat(backups.take().database().flag("fingerprints_hold")).isTrue();
            killABackend(database);
            assertThat(database.must("SELECT a FROM t").lines()).containsExactly("first", "lost");
        }
    }

    private static void killABackend(TestDatabase database) {
        String before = ServerEvent.recovered(database.server());
        try (var session = new PsqlSession(database)) {
            ServerEvent.mustRun(List.of(
                    "kill", "-9", session.must("SELECT pg_backend_pid()").get(0)));
            ServerEvent.awaitRecovery(database.server(), before);
        }
    }

    /** As after 2^32 transactions: the same numbers again. */
    @OldestAndNewestPostgres
    void distanceSeesThatNumbersCameRound(TestServer like) {
        assumeTrue(like.canResetLog());
        try (TestServer server = SecondWorld.server(like.major())) {
            TestDatabase database = made(server);
            database.must("TRUNCATE t");
            database.must(LOST);
            String number = database.must("SELECT xmin FROM t");
            var backups = new BesideAFullRead(database);
            database.must("DELETE FROM t; VACUUM (FREEZE) t; VACUUM (FREEZE)");
            server.stop();
            server.resetLog("-e", "1", "-x", number);
            server.startAgain();
            database.must(OTHER);
            assertThat(database.must("SELECT ctid || ' ' || xmin FROM t")).isEqualTo("(0,1) " + number);
            backups.needs(DISTANCE, TABLE, START);
        }
    }

    /**
     * A server is lost before its standby has all of it; the standby goes on in its place. Its start, its statistics and its position
     * would say so, too.
     */
    @OldestAndNewestPostgres
    void timelineAndRoleSeeAStandbyThatTookOverWithoutTheLastCommits(TestServer like) {
        assumeTrue(TestStandby.canBeMade(like));
        try (TestServer server = SecondWorld.server(like.major());
                TestDatabase database = made(server);
                TestStandby up = TestStandby.of(server, Map.of());
                TestStandby behind = TestStandby.of(server, Map.of())) {
            behind.catchUp();
            behind.leave();
            database.must(LOST);
            up.catchUp();
            var ofServer = new BesideAFullRead(database);
            var ofStandby = new BesideAFullRead(server, up.url(database.name()));
            behind.promote();
            behind.must(database.name(), OTHER);
            String now = behind.url(database.name());
            ofServer.needsAt(now, TIMELINE, TABLE, START, CRASH, POSITION);
            ofStandby.needsAt(now, ROLE, TABLE, START, CRASH, POSITION, TIMELINE);
            ofStandby = new BesideAFullRead(server, up.url(database.name()));
            ofStandby.needsAt(now, TIMELINE, TABLE, START, CRASH, POSITION, ROLE);
        }
    }
}
