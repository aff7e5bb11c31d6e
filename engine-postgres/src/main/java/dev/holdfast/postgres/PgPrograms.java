package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds PostgreSQL's own programs: in the folders of {@code HOLDFAST_POSTGRES_BIN}, on the path, and where Debian, RPM, Homebrew and
 * EDB put them. Asks each for its version once. Safe for several threads.
 */
public final class PgPrograms {
    /** One program of a known version. */
    public record Program(Path path, int major, String version) {}

    private static final List<String> PATTERNS = List.of(
            "/usr/lib/postgresql/*/bin",
            "/usr/pgsql-*/bin",
            "/opt/homebrew/opt/postgresql@*/bin",
            "/opt/homebrew/opt/libpq/bin",
            "/usr/local/opt/postgresql@*/bin",
            "/Library/PostgreSQL/*/bin",
            "/opt/PostgreSQL/*/bin",
            "/usr/local/pgsql/bin");
    /** The first tells the version. */
    private static final List<String> SERVER_AND_CLIENTS =
            List.of("initdb", "postgres", "psql", "createdb", "pg_dump", "pg_restore");

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)[^ ]*)");

    private final Map<String, String> environment;
    private final Map<Path, Optional<Program>> asked = new HashMap<>();

    public PgPrograms(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The program of the smallest major that is at least the given one; an error that says what to install when there is none. */
    public Program atLeast(String name, int major) {
        Optional<Program> same =
                found(name).filter(program -> program.major() == major).findFirst(); // nobody else is asked then
        List<Program> programs = same.map(List::of).orElseGet(() -> all(name));
        return programs.stream()
                .filter(program -> program.major() >= major)
                .findFirst()
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.PROGRAM_MISSING,
                                programs.isEmpty()
                                        ? name + " was not found"
                                        : name + " is too old: the server is PostgreSQL " + major + ", the newest "
                                                + name + " here is "
                                                + programs.get(programs.size() - 1)
                                                        .version())
                        .withHint("install the client programs of PostgreSQL " + major + " or newer (Debian: apt-get"
                                + " install postgresql-client-" + major
                                + "), or name their folder in HOLDFAST_POSTGRES_BIN"));
    }

    /** Every version of a program that is on this machine, the oldest major first; of one major the first found. */
    public List<Program> all(String name) {
        Map<Integer, Program> byMajor = new TreeMap<>();
        found(name).forEach(program -> byMajor.putIfAbsent(program.major(), program));
        return List.copyOf(byMajor.values());
    }

    /** In the order of the folders. A program is started to tell its version when it comes to it, and only once. */
    private Stream<Program> found(String name) {
        return folders().stream()
                .map(folder -> folder.resolve(name))
                .filter(PgPrograms::isProgram)
                .flatMap(program -> asked(program).stream());
    }

    private synchronized Optional<Program> asked(Path program) {
        return asked.computeIfAbsent(program, PgPrograms::version);
    }

    private static boolean isProgram(Path file) {
        return Files.isExecutable(file) && !Files.isDirectory(file) && !isDebiansWrapper(file);
    }

    /** Debian has scripts on the path that ask which cluster is meant, and then call a program in a folder that we know. */
    private static boolean isDebiansWrapper(Path file) {
        try {
            return file.toRealPath().endsWith("pg_wrapper");
        } catch (IOException e) {
            return false; // then asking for its version fails too
        }
    }

    /** The folders that hold a server and the clients that work with it, by major, the oldest first. */
    public SortedMap<Integer, Path> serverFolders() {
        SortedMap<Integer, Path> byMajor = new TreeMap<>();
        for (Path folder : folders()) {
            if (SERVER_AND_CLIENTS.stream().allMatch(name -> isProgram(folder.resolve(name)))) {
                version(folder.resolve(SERVER_AND_CLIENTS.get(0)))
                        .ifPresent(known -> byMajor.putIfAbsent(known.major(), folder));
            }
        }
        return byMajor;
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String variable : List.of("HOLDFAST_POSTGRES_BIN", "PATH")) {
            for (String folder : environment.getOrDefault(variable, "").split(File.pathSeparator, -1)) {
                if (!folder.isBlank()) {
                    folders.add(Path.of(folder));
                }
            }
        }
        PATTERNS.forEach(pattern -> folders.addAll(expand(pattern)));
        return eachOnce(folders);
    }

    /** A folder may be named twice, and under several names: each of its programs would be started to tell its version. */
    private static List<Path> eachOnce(List<Path> folders) {
        Map<Path, Path> byPlace = new LinkedHashMap<>();
        folders.forEach(folder -> place(folder).ifPresent(place -> byPlace.putIfAbsent(place, folder)));
        return List.copyOf(byPlace.values());
    }

    private static Optional<Path> place(Path folder) {
        try {
            return Optional.of(folder.toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // what is not there, or cannot be looked into, holds no program for us
        }
    }

    private static List<Path> expand(String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return List.of(Path.of(pattern));
        }
        int slash = pattern.lastIndexOf('/', star);
        int after = pattern.indexOf('/', star);
        Path parent = Path.of(pattern.substring(0, slash));
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> matches = Files.newDirectoryStream(parent, pattern.substring(slash + 1, after))) {
            matches.forEach(match -> folders.add(match.resolve(pattern.substring(after + 1))));
        } catch (IOException e) {
            return List.of(); // a folder that cannot be read holds no program for us
        }
        Collections.sort(folders);
        return folders;
    }

    /** A program that cannot tell its version is not counted. */
    private static Optional<Program> version(Path program) {
        try {
            var answer = ChildProcess.run(List.of(program.toString(), "--version"), Map.of());
            Matcher version = VERSION.matcher(answer.outputText());
            return answer.exitCode() == 0 && version.find()
                    ? Optional.of(new Program(program, Integer.parseInt(version.group(2)), version.group(1)))
                    : Optional.empty();
        } catch (HoldfastException e) {
            return Optional.empty();
        }
    }
}
