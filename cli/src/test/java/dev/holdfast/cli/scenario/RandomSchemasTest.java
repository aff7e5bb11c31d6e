package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.Likeness;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.postgres.testing.TestServers;
import dev.holdfast.postgres.testing.random.Kind;
import dev.holdfast.postgres.testing.random.RandomDatabase;
import dev.holdfast.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases drawn by chance come back: as pg_dump shows them, as the catalogs have them, and row by row. */
final class RandomSchemasTest {
    private static final int SCHEMAS_IN_DATABASE = 8;
    /** One in so many has no schema at all. */
    private static final int EMPTY = 13;

    /** So many have one without any schema, and each encoding on each major often enough. */
    private static final int DATABASES = EMPTY;

    /** Some kinds are rare: more databases are drawn until all have been, but not more than that. */
    private static final int MOST_DATABASES = 30;

    /** One in so many comes back from its copy, too. */
    private static final int TWICE = 5;

    private static final String EXTENSION = "drawn";

    @TempDir
    private Path folder;

    private final Map<Integer, TestServer> servers = new TreeMap<>();
    private final Set<Kind> made = EnumSet.noneOf(Kind.class);
    private final Set<String> types = new HashSet<>();
    private int round;
    private int schemas;

    @Test
    void randomSchemasOfEveryKindComeBackWithTheirRows() throws IOException {
        Seeds seeds = Seeds.of("random schemas");
        seeds.rounds(DATABASES, random -> comesBack(random, seeds.seed() + round++));
        while (!(kindsToCome().isEmpty() && typesToCome().isEmpty()) && round < MOST_DATABASES) {
            long seed = seeds.seed() + round++;
            comesBack(new Random(seed), seed);
        }
        assertThat(schemas).isGreaterThanOrEqualTo((DATABASES - 1) * SCHEMAS_IN_DATABASE);
        assertThat(kindsToCome()).as("kinds that a run has to have").isEmpty();
        assertThat(typesToCome()).as("types that a run has to have values of").isEmpty();
    }

    private void comesBack(Random random, long seed) throws IOException {
        List<Integer> majors = TestServers.majors();
        TestServer server = server(majors.get((int) Math.floorMod(seed, (long) majors.size())));
        var place = RandomDatabase.Place.on(
                server, RandomDatabase.encoding(seed), "random_" + round, server.major() >= 18 ? EXTENSION : "");
        int count = Math.floorMod(seed, (long) EMPTY) == 0 ? 0 : SCHEMAS_IN_DATABASE;
        RandomDatabase drawn = RandomDatabase.draw(random, place, count);
        server.must("postgres", drawn.creation());
        try (TestDatabase database = server.database(place.name());
                TestDatabase copy = server.database(place.name() + "_copy")) {
            database.must(drawn.sql());
            bringBack(database, copy);
            if (Math.floorMod(seed, (long) TWICE) == 0) {
                try (TestDatabase again = server.database(place.name() + "_again")) {
                    bringBack(copy, again);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            Path file = Path.of("target", "random-database-" + seed + ".sql");
            Files.writeString(file, drawn.creation() + ";\n" + RandomDatabase.roles() + drawn.sql());
            throw new AssertionError(
                    server + ", " + place + ", made by " + file.toAbsolutePath() + ": " + shortened(e), e);
        }
        made.addAll(drawn.made().keySet());
        types.addAll(drawn.types());
        schemas += drawn.schemas();
    }

    private static String shortened(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return message.length() < 4_000 ? message : message.substring(0, 4_000) + " ...";
    }

    private void bringBack(TestDatabase database, TestDatabase copy) {
        Cli cli = Cli.of(database, folder.resolve("repository"));
        cli.run("backup").well();
        cli.run("restore", "latest", "--into", copy.name()).well();
        assertThat(Likeness.of(database).unlike(Likeness.of(copy))).isEmpty();
    }

    private List<Kind> kindsToCome() {
        return Arrays.stream(Kind.values())
                .filter(kind -> servers.keySet().stream().anyMatch(kind::isIn))
                .filter(kind -> !made.contains(kind))
                .toList();
    }

    private List<String> typesToCome() {
        return servers.keySet().stream()
                .flatMap(major -> RandomDatabase.builtInTypes(major).stream())
                .filter(type -> !types.contains(type))
                .toList();
    }

    private TestServer server(int major) throws IOException {
        if (!servers.containsKey(major)) {
            TestServer server = TestServers.another(
                    major, major >= 18 ? Map.of("extension_control_path", "$system:" + extension()) : Map.of());
            server.must("postgres", RandomDatabase.roles());
            servers.put(major, server);
        }
        return servers.get(major);
    }

    /** An extension that has rows of its own, and takes more. */
    private Path extension() throws IOException {
        Path home = Files.createDirectories(folder.resolve("share"));
        Path extensions = Files.createDirectory(home.resolve("extension"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(extensions.resolve(EXTENSION + ".control"), "default_version = '1'\n");
        Files.writeString(
                extensions.resolve(EXTENSION + "--1.sql"),
                "CREATE TABLE setting (name text, value text); INSERT INTO setting VALUES ('shipped', 'by the extension');"
                        + " SELECT pg_catalog.pg_extension_config_dump('setting', 'WHERE value <> ''by the extension''');");
        return home;
    }

    @AfterEach
    void stop() {
        List<TestServer> started = new ArrayList<>(servers.values());
        started.forEach(TestServer::close);
    }
}
