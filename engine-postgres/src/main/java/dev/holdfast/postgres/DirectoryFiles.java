package dev.holdfast.postgres;

import dev.holdfast.run.Run;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the files of a directory archive can be read to their ends. pg_restore takes a compressed one that was cut for one that ends there,
 * and restores the rows that are left without a word.
 */
final class DirectoryFiles {
    /** Rows of a table, a large object, or the list of large objects. */
    private static final Pattern FILE =
            Pattern.compile("(?:(\\d+|blob_\\d+)\\.dat|(blobs(?:_\\d+)?\\.toc))(?:\\.[a-z0-9]+)?");

    private static final Pattern LISTED = Pattern.compile("\\d+ (blob_\\d+\\.dat)");
    private static final int BUFFER = 1 << 18;
    private static final int END = 16;

    private final Path folder;
    private final Run run;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> objects = new TreeSet<>();
    private final Set<String> listed = new TreeSet<>();
    private boolean uncompressedObjects;

    private DirectoryFiles(Path folder, Run run) {
        this.folder = folder;
        this.run = run;
    }

    /** Reads all of them. */
    static DirectoryFiles read(Path folder, Run run) throws IOException {
        var files = new DirectoryFiles(folder, run);
        files.read();
        return files;
    }

    private void read() throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(all::add);
        }
        all.sort(null);
        for (Path file : all) {
            Matcher name = FILE.matcher(file.getFileName().toString());
            if (name.matches() && name.group(2) != null) {
                readList(file);
            } else if (name.matches()) {
                readData(file, name.group(1));
            }
        }
        objects.removeAll(listed);
        if (!objects.isEmpty()) {
            faults.add("the list of large objects does not name all of them: " + FirstFew.of(objects));
        }
    }

    private void readList(Path file) throws IOException {
        String text = Files.readString(file);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            faults.add(file.getFileName() + " is cut off");
        }
        try (Stream<String> lines = text.lines()) {
            lines.map(LISTED::matcher).filter(Matcher::matches).forEach(line -> listed.add(line.group(1)));
        }
    }

    private void readData(Path file, String name) {
        String fileName = file.getFileName().toString();
        Optional<DumpCompression> compression = DumpCompression.named(fileName);
        boolean isObject = name.startsWith("blob_");
        if (isObject) {
            objects.add(name + ".dat");
            uncompressedObjects |= compression.isEmpty();
        }
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                InputStream rows = compression.isPresent() ? compression.get().unpack(bytes) : bytes) {
            String end = end(rows);
            if (!isObject && !isEndOfRows(end)) {
                faults.add(fileName + " is cut off: it does not end as rows of a table do");
            }
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            faults.add(fileName + " cannot be read to its end: " + e.getMessage());
        }
    }

    /** Rows as INSERT statements end otherwise. */
    private static boolean isEndOfRows(String end) {
        return end.replace("\r", "").endsWith("\\.\n\n\n")
                || end.replace("\r", "").endsWith(";\n\n\n");
    }

    private String end(InputStream bytes) throws IOException {
        var buffer = new byte[BUFFER];
        var last = new StringBuilder();
        for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
            run.checkInterrupted();
            for (int i = Math.max(0, read - END); i < read; i++) {
                last.append((char) (buffer[i] & 0xff));
            }
            last.delete(0, Math.max(0, last.length() - END));
        }
        return last.toString();
    }

    List<String> faults() {
        return faults;
    }

    /** Whether there are large objects of which nothing shows that they are whole. */
    boolean hasUncompressedObjects() {
        return uncompressedObjects;
    }
}
