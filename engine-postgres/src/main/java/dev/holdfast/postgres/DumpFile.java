package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that a dump is in, or a folder, recognized by what stands in it. Safe for several threads.
 *
 * @param path links followed
 * @param compression around all of it; empty when there is none
 */
record DumpFile(Path path, Form form, Optional<DumpCompression> compression) {
    /** What pg_dump calls its formats. */
    enum Form {
        CUSTOM("custom archive"),
        TAR("tar archive"),
        DIRECTORY("directory archive"),
        PLAIN("plain dump"),
        CLUSTER("plain dump of a whole cluster");

        private final String title;

        Form(String title) {
            this.title = title;
        }

        boolean isArchive() {
            return this == CUSTOM || this == TAR || this == DIRECTORY;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private static final int BEGINNING = 1024;
    private static final int BUFFER = 1 << 18;

    /** Recognizes it; an error that says what it is instead when it is none. */
    static DumpFile recognize(Path file) {
        try {
            Path path = file.toRealPath();
            if (Files.isDirectory(path)) {
                if (!Files.isRegularFile(path.resolve("toc.dat"))) {
                    throw none(file, "it is a folder without a toc.dat")
                            .withHint(
                                    "a directory archive of pg_dump has one; --latest-in takes the newest dump in a folder");
                }
                return new DumpFile(path, Form.DIRECTORY, Optional.empty());
            }
            if (!Files.isRegularFile(path)) {
                throw none(file, "it is no regular file");
            }
            Optional<DumpCompression> compression = DumpCompression.of(beginning(path, Optional.empty()));
            return new DumpFile(path, form(file, beginning(path, compression)), compression);
        } catch (NoSuchFileException e) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, file + ": there is no such file", e);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, file + " cannot be read: " + words(e), e);
        }
    }

    /** How a broken stream is told: the libraries' messages, where they have one. */
    static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static byte[] beginning(Path path, Optional<DumpCompression> compression) throws IOException {
        try (InputStream file = open(path, compression)) {
            return file.readNBytes(BEGINNING);
        }
    }

    private static InputStream open(Path path, Optional<DumpCompression> compression) throws IOException {
        var file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
        try {
            return compression.isPresent() ? compression.get().unpack(file) : file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Form form(Path file, byte[] beginning) {
        String text = new String(beginning, ISO_8859_1);
        if (text.isBlank()) {
            throw none(file, beginning.length == 0 ? "it is empty" : "it begins with nothing but blanks");
        }
        if (text.startsWith("PGDMP")) {
            return Form.CUSTOM;
        }
        if (TarEnd.isHeader(beginning)) {
            if (text.startsWith("toc.dat\0")) {
                return Form.TAR;
            }
            throw none(
                            file,
                            "it is a tar of other files, the first is "
                                    + text.substring(0, Math.max(1, text.indexOf('\0'))))
                    .withHint("a directory archive that was put into a tar has to be unpacked first");
        }
        String plain = new String(beginning, UTF_8)
                .replace("\uFEFF", "")
                .replace("\r", "")
                .stripLeading();
        if (plain.startsWith("--\n-- PostgreSQL database cluster dump\n")) {
            return Form.CLUSTER;
        }
        if (plain.startsWith("--\n-- PostgreSQL database dump\n")) {
            return Form.PLAIN;
        }
        throw none(file, ForeignFiles.whatItIs(text));
    }

    private static HoldfastException none(Path file, String what) {
        return new HoldfastException(ErrorCode.BAD_USAGE, file + " is no dump of PostgreSQL: " + what)
                .withHint("pg_dump and pg_dumpall make dumps: custom, directory, tar or plain;"
                        + " a plain one may be compressed by gzip, zstd, bzip2, xz or lz4");
    }

    /** Its bytes, unpacked. */
    InputStream open() throws IOException {
        return open(path, compression);
    }

    /**
     * Reads them to their end and gives them to somebody, for as long as that one takes them.
     *
     * @return why they cannot be read
     */
    Optional<String> copyTo(OutputStream taker) {
        var buffer = new byte[BUFFER];
        boolean takes = true;
        try (InputStream bytes = open()) {
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                takes = takes && give(taker, buffer, read);
            }
            return Optional.empty();
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.of("it cannot be read to its end: " + e.getMessage());
        }
    }

    private static boolean give(OutputStream taker, byte[] bytes, int length) {
        try {
            taker.write(bytes, 0, length);
            return true;
        } catch (IOException e) {
            return false; // it wants no more
        }
    }

    /** Whether pg_restore can open it by its name; else it is told the bytes. */
    boolean hasName() {
        return compression.isEmpty();
    }

    @Override
    public String toString() {
        return form + compression.map(each -> ", compressed by " + each).orElse("");
    }
}
