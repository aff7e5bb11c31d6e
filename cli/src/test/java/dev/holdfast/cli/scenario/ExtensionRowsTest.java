package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An extension's configuration table holds rows of its own and rows of people: after a restore both are there. */
final class ExtensionRowsTest {
    private static final String SCRIPT = """
            CREATE TABLE setting (name text PRIMARY KEY, value text, mine boolean NOT NULL DEFAULT true);
            INSERT INTO setting VALUES ('shipped', 'by the extension', false);
            SELECT pg_catalog.pg_extension_config_dump('setting', 'WHERE mine');
            CREATE TABLE zone (id int PRIMARY KEY); INSERT INTO zone VALUES (1);
            CREATE TABLE area (id int PRIMARY KEY, zone int REFERENCES zone); INSERT INTO area VALUES (1, 1);
            SELECT pg_catalog.pg_extension_config_dump('zone', ''); SELECT pg_catalog.pg_extension_config_dump('area', '');
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path extensionFolder;

    @Test
    void rowsThatAnExtensionMadeAndRowsThatPeopleAddedComeBack() throws IOException {
        assumeTrue(TestServers.newest().major() >= 18, "not tested: an extension of our own needs PostgreSQL 18");
        Path extensions = extension();
        try (TestServer server =
                        TestServers.another(18, Map.of("extension_control_path", "$system:" + extensions.getParent()));
                TestDatabase database = server.fresh();
                TestDatabase copy = server.database("copy")) {
            database.must("CREATE EXTENSION ours; INSERT INTO setting VALUES ('added', 'by a person')");
            database.must(
                    "INSERT INTO zone VALUES (2); INSERT INTO area SELECT i, 2 FROM generate_series(2, 300000) i");
            Cli cli = Cli.of(database, folder);
            cli.run("backup").well();
            cli.run("restore", "latest", "--into", copy.name(), "--jobs", "2").well();

            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(database));
            assertThat(copy.must("SELECT string_agg(name, ' ' ORDER BY name) FROM setting"))
                    .isEqualTo("added shipped");
        }
    }

    private Path extension() throws IOException {
        Path extensions = Files.createDirectory(extensionFolder.resolve("extension"));
        Files.writeString(extensions.resolve("ours.control"), "default_version = '1'\nrelocatable = true\n");
        Files.writeString(extensions.resolve("ours--1.sql"), SCRIPT);
        Files.setPosixFilePermissions(extensionFolder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return extensions;
    }
}
