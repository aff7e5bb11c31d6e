package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pg_dump writes, and what we make of it. */
final class StatementsTest {
    private static final List<String> NAMES = List.of(
            "My Table",
            "select",
            "a.b",
            "snow ☃ 😀",
            "quo\"te",
            "it's; --",
            "DATABASE x",
            "back\\slash",
            "a$1",
            "100%");

    @TempDir
    private Path folder;

    private static byte[] dump(TestServer server, String url) {
        Programs.Result result = Programs.run(List.of(server.program("pg_dump"), "-Fc", "--schema-only", "-d", url));
        assertThat(result.exit()).as(result.errors()).isZero();
        return result.out();
    }

    @EachPostgres
    void twoDumpsOfAnUnchangedSchemaAreEqualOnceTheirTimeIsCleared(TestServer server) throws IOException {
        try (var database = server.fresh()) {
            database.must("CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x'); CREATE VIEW v AS SELECT * FROM t");
            byte[] first = ArchiveTime.cleared(dump(server, database.url()));
            String second = database.must("SELECT clock_timestamp()::timestamp(0)");
            while (database.must("SELECT clock_timestamp()::timestamp(0)").equals(second)) {
                Thread.onSpinWait(); // a header has whole seconds
            }
            assertThat(ArchiveTime.cleared(dump(server, database.url()))).isEqualTo(first);

            Path file = Files.write(folder.resolve("archive"), first);
            String listed = Programs.run(List.of(server.program("pg_restore"), "-l", file.toString()))
                    .text();
            assertThat(listed).contains("Archive created at 2000-01-01").contains("TABLE public t");
            String printed = Programs.run(List.of(server.program("pg_restore"), "-f", "-", file.toString()))
                    .text();
            assertThat(printed).contains("CREATE TABLE public.t");
        }
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        for (byte[] bytes :
                new byte[][] {new byte[0], new byte[100], "PGDMP".getBytes(java.nio.charset.StandardCharsets.US_ASCII)
                }) {
            assertThatThrownBy(() -> ArchiveTime.cleared(bytes))
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_FAILED));
        }
    }

    @EachPostgres
    void aDatabaseWhoseNameNeedsQuotingComesBackWithItsSettingsUnderAnother(TestServer server) throws IOException {
        for (String name : NAMES) {
            String quoted = Sql.name(name);
            try (var database = server.create(name);
                    var made = server.database("new " + name)) {
                server.must(
                        "postgres",
                        "COMMENT ON DATABASE " + quoted + " IS 'a ; b\n\n-- no comment\nSET x = 1;\nDATABASE "
                                + name.replace("'", "''")
                                + " ;\nc'; ALTER DATABASE " + quoted + " SET search_path = 'x', 'y;z'; ALTER DATABASE "
                                + quoted
                                + " SET work_mem = '7MB'; GRANT CONNECT ON DATABASE " + quoted
                                + " TO PUBLIC; ALTER DATABASE "
                                + quoted + " CONNECTION LIMIT 17");
                Path archive = Files.write(folder.resolve("archive"), dump(server, database.url()));
                String printed = Programs.run(
                                List.of(server.program("pg_restore"), "--create", "-f", "-", archive.toString()))
                        .text();
                String statements = DatabaseStatements.understoodBy(
                        server.major(), SchemaText.normalized(printed).databaseStatements());

                assertThat(DatabaseStatements.making(statements, made.name()))
                        .as(statements)
                        .hasSize(1);
                for (String statement : DatabaseStatements.making(statements, made.name())) {
                    server.must("postgres", statement);
                }
                for (String statement : DatabaseStatements.settings(statements, made.name(), true)) {
                    server.must("postgres", statement);
                }
                assertThat(properties(server, made.name())).as(statements).isEqualTo(properties(server, name));
            }
        }
    }

    private static String properties(TestServer server, String database) {
        return server.must(
                "postgres",
                "SELECT datconnlimit, encoding, datcollate, shobj_description(d.oid, 'pg_database'),"
                        + " (SELECT string_agg(setconfig::text, '|') FROM pg_db_role_setting s WHERE s.setdatabase = d.oid)"
                        + " FROM pg_database d WHERE datname = " + Sql.value(database));
    }

    @Test
    void aProgramThatFailsGivesItsReasonAndNotItsEnvironment() {
        assertThatThrownBy(() -> ChildProcess.runWell(
                        List.of("sh", "-c", "echo first >&2; echo 'x: error: the reason' >&2; echo last >&2; exit 3"),
                        Map.of("PGPASSWORD", "canary"),
                        "doing it",
                        run()))
                .isInstanceOfSatisfying(HoldfastException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_FAILED);
                    assertThat(e).hasMessage("doing it: x: error: the reason");
                });
    }

    @Test
    void aProgramEndsWhenTheRunIsAskedToStop() {
        Run run = run();
        run.interrupt();

        assertThatThrownBy(() -> ChildProcess.runWell(List.of("sleep", "1000"), Map.of(), "sleeping", run))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("sleep 1000"))
                .forEach(child -> child.onExit().join());
    }

    @Test
    void aProgramSeesNothingOfOurEnvironmentThatIsNoneOfItsBusiness() {
        ChildProcess.Result result = ChildProcess.run(List.of("env"), Map.of("PGHOST", "here"));

        assertThat(result.outputText().lines().map(line -> line.replaceAll("=.*", "")))
                .contains("PATH", "PGHOST")
                .allMatch(name -> ChildProcess.HANDED_ON.contains(name)
                        || List.of("PGHOST", "LC_ALL", "_").contains(name));
    }

    private static Run run() {
        return new Run(InstantSource.system(), RunListener.SILENT);
    }

    @Test
    void muchOutputOnBothPipesIsReadToItsEnd() {
        ChildProcess.Result result = ChildProcess.runWell(
                List.of("sh", "-c", "yes out | head -n 100000; yes error | head -n 100000 >&2"),
                Map.of(),
                "talking",
                run());
        assertThat(result.output()).hasSize(400_000);
        assertThat(result.errors()).hasSize(600_000);
    }

    @Test
    void aClosedProgramIsGoneWithItsChildren() {
        ChildProcess child = ChildProcess.start(
                List.of(
                        "sh",
                        "-c",
                        "sleep 1000 & echo $! > \"$0\"; wait",
                        folder.resolve("pid").toString()),
                Map.of());
        while (read(folder.resolve("pid")).isBlank()) {
            Thread.onSpinWait();
        }
        long pid = Long.parseLong(read(folder.resolve("pid")).strip());
        child.close();
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aProgramThatIsMissingOrTooOldSaysWhatToInstall() throws IOException {
        Path program = folder.resolve("pg_newest");
        Files.writeString(program, "#!/bin/sh\necho 'pg_newest (PostgreSQL) 15.2 (Debian 15.2-1)'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        var programs = new PgPrograms(Map.of("HOLDFAST_POSTGRES_BIN", folder.toString()));
        assertThat(programs.atLeast("pg_newest", 14).version()).isEqualTo("15.2");
        assertThatThrownBy(() -> programs.atLeast("pg_newest", 16))
                .hasMessageContaining("pg_newest is too old")
                .hasMessageContaining("15.2")
                .isInstanceOfSatisfying(HoldfastException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_MISSING);
                    assertThat(e.hint().orElseThrow()).contains("postgresql-client-16");
                });
        assertThatThrownBy(() -> programs.atLeast("pg_none", 16)).hasMessageContaining("pg_none was not found");
    }
}
