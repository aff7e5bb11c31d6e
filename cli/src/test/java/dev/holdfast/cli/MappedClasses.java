package dev.holdfast.cli;

import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServers;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * The program's classes for children, mapped in as its launcher has it: loading them one by one takes a third of a short run's work. They
 * are collected by the first child, into files that go with this process.
 */
final class MappedClasses {
    private static final List<String> QUIET = List.of("-Xlog:disable", "-Xlog:all=error:stderr");
    private static final List<String> COLLECTED = collect();

    private MappedClasses() {}

    /** The options of Java. */
    static List<String> options() {
        return COLLECTED;
    }

    private static List<String> collect() {
        try {
            Path folder =
                    onlyForNow(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "classes-of-children-"));
            List<String> classPath = List.of("-cp", inJars(System.getProperty("java.class.path"), folder));
            Path archive = onlyForNow(folder.resolve("archive.jsa"));
            Path repository = folder.resolve("repository");
            runThroughMuch(concat(QUIET, List.of("-XX:ArchiveClassesAtExit=" + archive), classPath), repository);
            remove(repository);
            return concat(QUIET, List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive), classPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A guard that takes back what its command did comes by most of the program. */
    private static void runThroughMuch(List<String> options, Path repository) {
        try (TestDatabase shop = TestServers.newest().fresh()) {
            shop.must("CREATE TABLE t AS SELECT 1 AS a");
            String damage = "psql -Xq \"$HOLDFAST_DB\" -c 'DELETE FROM t'; exit 9";
            Ran ran = Cli.of(shop, repository)
                    .start(List.of(), options, "", "guard", "--on-failure", "rollback", "--", "sh", "-c", damage)
                    .await();
            if (ran.exit() != 9 || !ran.err().contains("TAKEN BACK")) {
                throw new AssertionError("collecting the classes of children: " + ran);
            }
        }
    }

    /** Java does not map in what lies in folders, as it does here when it has only just been compiled. */
    private static String inJars(String classPath, Path folder) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String path : classPath.split(File.pathSeparator, -1)) {
            if (!path.isEmpty()) { // it would be the folder we are in
                boolean isFolder = Files.isDirectory(Path.of(path));
                jars.add(isFolder ? jar(Path.of(path), onlyForNow(folder.resolve(jars.size() + ".jar"))) : path);
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private static Path onlyForNow(Path path) {
        path.toFile().deleteOnExit();
        return path;
    }

    private static List<String> concat(List<String> first, List<String> second, List<String> third) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return List.copyOf(all);
    }
}
