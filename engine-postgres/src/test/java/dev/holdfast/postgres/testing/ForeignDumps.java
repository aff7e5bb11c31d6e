package dev.holdfast.postgres.testing;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Dumps as people make them: by the server's own pg_dump.
 *
 * @param folder where they are written to
 */
public record ForeignDumps(TestDatabase database, Path folder) {
    /** Fills a database with what dumps are known to stumble over. */
    public static void fill(TestDatabase database) {
        database.must("""
                CREATE SCHEMA "Odd Schema";
                CREATE TABLE t(i int PRIMARY KEY, v text);
                INSERT INTO t SELECT i, md5(i::text) FROM generate_series(1, 300) i;
                CREATE TABLE "Odd Schema"."My ""Table; $$ FROM stdin;"(a int, b text);
                INSERT INTO "Odd Schema"."My ""Table; $$ FROM stdin;" VALUES (1, E'x\\\\.\\n\\\\.\\n\\''), (2, NULL), (3, E'a''b\\\\');
                CREATE TABLE nothing(i int);
                CREATE TABLE columnless();
                INSERT INTO columnless DEFAULT VALUES;
                INSERT INTO columnless DEFAULT VALUES;
                CREATE TABLE parts(i int, v text) PARTITION BY RANGE (i);
                CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (10);
                CREATE TABLE high PARTITION OF parts FOR VALUES FROM (10) TO (100);
                INSERT INTO parts SELECT i, 'x' FROM generate_series(0, 50) i;
                CREATE MATERIALIZED VIEW filled AS SELECT count(*) FROM t;
                CREATE MATERIALIZED VIEW unfilled AS SELECT count(*) FROM t WITH NO DATA;
                CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $body$ SELECT '
                COPY public.t (i, v) FROM stdin;
                \\! true
                -- PostgreSQL database dump complete
                ' $body$;
                CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END;
                CREATE SEQUENCE s;
                SELECT setval('s', 42);
                SELECT lo_from_bytea(0, 'hello');
                COMMENT ON TABLE t IS E'line\\n\\\\! touch /nowhere\\nend';
                CREATE EXTENSION pgcrypto SCHEMA "Odd Schema";
                COMMENT ON EXTENSION pgcrypto IS 'mine';
                CREATE RULE r AS ON UPDATE TO nothing DO ALSO (NOTIFY a; NOTIFY b);
                ALTER TABLE t ADD CONSTRAINT later CHECK (i < 100) NOT VALID;
                """);
    }

    /** Has pg_dump write one. */
    public Path make(String name, String... options) {
        return run(name, "pg_dump", database.url(), options);
    }

    /** Has pg_dumpall write one of the whole server. */
    public Path ofCluster(String name) {
        return run(name, "pg_dumpall", database.server().url("postgres"));
    }

    private Path run(String name, String program, String url, String... options) {
        Path file = folder.resolve(name);
        List<String> command =
                new ArrayList<>(List.of(database.server().program(program), "--dbname=" + url, "--file=" + file));
        command.addAll(List.of(options));
        must(command);
        return file;
    }

    /** Has a compressing program write the same in less. */
    public Path packed(Path file, String program, String ending) {
        Path packed = file.resolveSibling(file.getFileName() + ending);
        must(List.of("sh", "-c", program + " < '" + file + "' > '" + packed + "'"));
        return packed;
    }

    /** The same with its text changed. */
    public static Path changed(Path plain, String name, UnaryOperator<String> change) {
        try {
            String text = Files.readString(plain, StandardCharsets.UTF_8);
            String other = change.apply(text);
            if (other.equals(text)) {
                throw new AssertionError("nothing was changed in " + plain);
            }
            return Files.writeString(plain.resolveSibling(name), other, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first bytes of a file, as a file of its own. */
    public static Path cut(Path file, long length) {
        try {
            byte[] all = Files.readAllBytes(file);
            return Files.write(
                    file.resolveSibling("cut-" + file.getFileName()),
                    java.util.Arrays.copyOf(all, Math.toIntExact(length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder with one of its files cut off, or away. */
    public static Path withoutAll(Path directory, String file, long length) {
        try {
            Path copy = Files.createTempDirectory(directory.getParent(), "cut");
            try (Stream<Path> files = Files.list(directory)) {
                for (Path each : files.toList()) {
                    Files.copy(each, copy.resolve(each.getFileName()));
                }
            }
            if (length < 0) {
                Files.delete(copy.resolve(file));
            } else {
                byte[] all = Files.readAllBytes(copy.resolve(file));
                Files.write(copy.resolve(file), java.util.Arrays.copyOf(all, Math.toIntExact(length)));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void must(List<String> command) {
        Programs.Result result = Programs.run(command);
        if (result.exit() != 0) {
            throw new AssertionError(command + ": " + result.errors());
        }
    }
}
