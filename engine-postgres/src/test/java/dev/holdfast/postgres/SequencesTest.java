package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.PieceBytes;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;

/** Sequences are in no snapshot; what a backup says of them is never behind its rows. */
final class SequencesTest {
    private static final String SEQUENCES = """
            CREATE SEQUENCE up; SELECT setval('up', 1000);
            CREATE SEQUENCE "set Back"; SELECT setval('"set Back"', 1000);
            CREATE SEQUENCE down INCREMENT -1; SELECT setval('down', -1000);
            CREATE SEQUENCE around MAXVALUE 5 CYCLE; SELECT setval('around', 5);
            CREATE SEQUENCE untouched START 7;
            CREATE SEQUENCE restarted; SELECT nextval('restarted');
            """;

    @EachPostgres
    void oneThatIsSetBackWhileTheBackupIsTakenStandsWhereItsRowsNeedIt(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must(SEQUENCES);
            String statements = Captures.with(database, 1, capture -> {
                database.must("SELECT nextval('up'); SELECT setval('\"set Back\"', 5); SELECT setval('down', -3);"
                        + " SELECT setval('restarted', 1, false);"
                        + " SELECT nextval('around')");
                PieceBytes piece = capture.pieces().stream()
                        .filter(each -> each.name().equals("sequences.sql"))
                        .findFirst()
                        .orElseThrow();
                return new String(piece.bytes(), UTF_8);
            });
            assertThat(statements.lines())
                    .containsExactlyInAnyOrder(
                            "SELECT pg_catalog.setval('\"public\".\"up\"', 1001, true);",
                            "SELECT pg_catalog.setval('\"public\".\"set Back\"', 1000, true);",
                            "SELECT pg_catalog.setval('\"public\".\"down\"', -1000, true);",
                            "SELECT pg_catalog.setval('\"public\".\"around\"', 1, true);",
                            "SELECT pg_catalog.setval('\"public\".\"restarted\"', 1, true);",
                            "SELECT pg_catalog.setval('\"public\".\"untouched\"', 7, false);");
        }
    }
}
