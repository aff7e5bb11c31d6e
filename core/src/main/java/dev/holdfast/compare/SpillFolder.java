package dev.holdfast.compare;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** A temporary folder that only this user can read, made when it is first needed. Safe for several threads; closing removes it. */
final class SpillFolder implements AutoCloseable {
    private static final int UNITS_READ_AT_ONCE = 8192;

    private Optional<Path> folder = Optional.empty();
    private int made;

    /** A temporary file; closing removes it. It is open only while it is used, since there may be thousands. */
    record File(Path path) implements AutoCloseable {
        void append(ByteBuffer bytes) {
            try (var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw failed(path, e);
            }
        }

        /** Reads it in pieces, each of whole units. */
        void read(int unit, Consumer<ByteBuffer> taker) {
            var piece = ByteBuffer.allocate(UNITS_READ_AT_ONCE * unit);
            try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
                while (channel.read(piece) >= 0) {
                    if (!piece.hasRemaining()) {
                        taker.accept(piece.flip());
                        piece.clear();
                    }
                }
                taker.accept(piece.flip());
            } catch (IOException e) {
                throw failed(path, e);
            }
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw failed(path, e);
            }
        }
    }

    private static HoldfastException failed(Path path, IOException e) {
        return new HoldfastException(ErrorCode.STORE_FAILED, "temporary file " + path + ": " + e.getMessage(), e)
                .withHint(
                        "a comparison needs 80 bytes for each row that may differ; TMPDIR can name a folder with more room");
    }

    synchronized File newFile() {
        try {
            if (folder.isEmpty()) {
                folder = Optional.of(Files.createTempDirectory("holdfast-compare"));
            }
            return new File(folder.get().resolve(String.valueOf(made++)));
        } catch (IOException e) {
            throw failed(folder.orElse(Path.of(System.getProperty("java.io.tmpdir", "/tmp"))), e);
        }
    }

    /** Also after a failure, when files were not closed. */
    @Override
    public synchronized void close() {
        for (int i = 0; i < made; i++) {
            int file = i;
            folder.ifPresent(path -> new File(path.resolve(String.valueOf(file))).close());
        }
        folder.ifPresent(path -> new File(path).close());
    }
}
