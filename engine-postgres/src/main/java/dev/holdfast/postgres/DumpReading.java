package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads a dump to its end: first that its bytes are all there, then what its text says. Used once, by one thread. */
final class DumpReading {
    private final DumpFile file;
    private final DumpPrograms programs;
    private final DumpFacts facts;
    private final Run run;
    private final List<String> faults = new ArrayList<>();
    private boolean objectsUnknown;
    private long bytes;

    DumpReading(DumpFile file, DumpPrograms programs, DumpFacts facts, Run run) {
        this.file = file;
        this.programs = programs;
        this.facts = facts;
        this.run = run;
    }

    /** What is wrong with it, one line each; none when it is whole. */
    List<String> faults() {
        try {
            switch (file.form()) {
                case TAR -> tar();
                case DIRECTORY -> directory();
                case CUSTOM, PLAIN, CLUSTER -> {}
            }
            if (faults.isEmpty()) {
                text();
            }
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            faults.add("it cannot be read to its end: " + e.getMessage());
        }
        return faults;
    }

    private void tar() throws IOException {
        try (InputStream tar = file.open()) {
            TarEnd.fault(tar, at -> run.checkInterrupted()).ifPresent(faults::add);
        }
    }

    private void directory() throws IOException {
        DirectoryFiles files = DirectoryFiles.read(file.path(), run);
        faults.addAll(files.faults());
        objectsUnknown = files.hasUncompressedObjects();
    }

    private void text() throws IOException {
        if (file.form().isArchive()) {
            archive();
        } else {
            try (InputStream text = file.open()) {
                scan(text);
            }
            facts.unknownCommands()
                    .forEach(command -> faults.add("it holds the command " + command
                            + " of psql, which pg_dump does not write; nothing of it was run"));
        }
    }

    /** pg_restore reads all of an archive only when it prints all of it. */
    private void archive() throws IOException {
        List<String> printed = Collections.synchronizedList(new ArrayList<>());
        List<String> command = new ArrayList<>(List.of(programs.reader().path().toString(), "--file=-"));
        if (file.hasName()) {
            command.add(file.path().toString());
        }
        List<String> ofText = new ArrayList<>();
        try (PipedProcess pgRestore =
                PipedProcess.start(command, Map.of("PGCLIENTENCODING", "UTF8"), false, printed::add, run)) {
            CompletableFuture<Optional<String>> fed = pgRestore.feed(file);
            try {
                scan(pgRestore.output());
            } catch (IOException e) {
                ofText.add("it cannot be read to its end: " + e.getMessage());
            }
            pgRestore.output().transferTo(OutputStream.nullOutputStream());
            int exit = pgRestore.await(run);
            fed.join().ifPresent(faults::add);
            if (exit != 0) {
                faults.add(reason(printed));
            }
        }
        faults.addAll(ofText);
    }

    private String reason(List<String> printed) {
        String line = printed.stream()
                .filter(each -> each.contains("error:"))
                .findFirst()
                .orElse("pg_restore cannot read it");
        if (line.contains("unsupported version")) {
            throw new HoldfastException(ErrorCode.PROGRAM_MISSING, line)
                    .withHint("install a newer pg_restore, or name its folder in HOLDFAST_POSTGRES_BIN");
        }
        return line;
    }

    private void scan(InputStream from) throws IOException {
        var end = new DumpEnd(from, run);
        try {
            new DumpScanner(end, facts).scan();
            facts.tablesWithoutEnd()
                    .forEach(table -> faults.add("the rows of " + table
                            + " have no end: among them stands what pg_dump writes before those of another table"));
            end.fault(file.form() == DumpFile.Form.CLUSTER, facts.restriction()).ifPresent(faults::add);
        } finally {
            bytes = end.bytes();
        }
    }

    /** How much it holds. */
    String summary() {
        long rows =
                facts.databases().stream().mapToLong(DumpedDatabase::allRows).sum();
        long tables =
                facts.databases().stream().mapToLong(each -> each.rows.size()).sum();
        return String.format(
                Locale.ROOT,
                "%,d bytes of text to its end; rows of %d tables, %d in all%s",
                bytes,
                tables,
                rows,
                objectsUnknown
                        ? "; that its large objects are whole nobody can see, since they are not compressed"
                        : "");
    }
}
