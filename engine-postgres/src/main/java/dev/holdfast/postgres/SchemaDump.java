package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.engine.PieceBytes;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * pg_dump of the schema at a snapshot, run beside the reading of rows. Close ends it when it still runs.
 */
final class SchemaDump implements AutoCloseable {
    private final ClientEnvironment client;
    private final PgPrograms.Program restoreProgram;
    private final ChildProcess child;

    /** Starts pg_dump; its answer is waited for in {@link #pieces}. */
    SchemaDump(PostgresDatabase database, String snapshot) {
        PgPrograms programs = database.programs();
        PgPrograms.Program dumpProgram =
                programs.atLeast("pg_dump", database.server().major());
        this.restoreProgram = programs.atLeast("pg_restore", dumpProgram.major());
        this.client = new ClientEnvironment(database.connections().address(), database.environment());
        List<String> command = new ArrayList<>(List.of(
                dumpProgram.path().toString(),
                "--schema-only",
                "--format=custom",
                "--encoding=" + encoding(database.server()),
                "--snapshot=" + snapshot,
                "--lock-wait-timeout=30s",
                "--no-password"));
        if (dumpProgram.major() >= 18) {
            command.add("--no-statistics");
        }
        try {
            this.child = ChildProcess.start(command, client.variables());
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** A database that does not know the encoding of its text may hold some that is not UTF-8; it is taken as stored. */
    private static String encoding(ServerFacts server) {
        return server.locale().string("encoding").equals("SQL_ASCII") ? "SQL_ASCII" : "UTF8";
    }

    /** Waits for pg_dump; its warnings become findings. */
    List<PieceBytes> pieces(Run run) {
        ChildProcess.Result dump = child.await(run);
        if (dump.exitCode() != 0) {
            throw ChildProcess.failed("dumping the schema", dump);
        }
        dump.errors()
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> run.finding(new Finding(Severity.WARNING, "pg_dump", "schema", line)));
        byte[] archive = ArchiveTime.cleared(dump.output());
        Path file = client.write("schema.dump", archive);
        ChildProcess.Result text = ChildProcess.runWell(
                List.of(restoreProgram.path().toString(), "--create", "--file=-", file.toString()),
                client.variables(),
                "reading the schema archive back",
                run);
        if (text.outputText().indexOf('\uFFFD') >= 0) {
            run.finding(new Finding(
                    Severity.WARNING,
                    "schema_not_utf8",
                    "schema",
                    "the schema has text that is not UTF-8: a restore brings it back as stored, but not in the comment and the"
                            + " settings of the database itself"));
        }
        var schema = SchemaText.normalized(text.outputText());
        var forPeople = SchemaSecrets.redact(schema.text());
        forPeople
                .places()
                .forEach(place -> run.finding(new Finding(
                        Severity.WARNING,
                        "secret_in_schema",
                        place,
                        "the password in " + place + " comes along in the backup: whoever reads the repository can read"
                                + " it")));
        return List.of(
                new PieceBytes("schema.dump", archive),
                new PieceBytes("schema.sql", forPeople.text().getBytes(UTF_8)),
                new PieceBytes("database.sql", schema.databaseStatements().getBytes(UTF_8)));
    }

    @Override
    public void close() {
        child.close();
        client.close();
    }
}
