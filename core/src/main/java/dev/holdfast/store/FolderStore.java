package dev.holdfast.store;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Blobs as files of one folder. A blob is written to {@code tmp/}, forced to disk, and gets its name by a hard link, which fails when
 * the name is taken; then its folder is forced too. Folders are 0700 and files 0600 where the system knows such rights.
 */
public final class FolderStore implements BlobStore {
    private static final String TMP = "tmp";
    /** One for the whole process, so that two stores of one run never meet in {@code tmp/}. */
    private static final AtomicLong COUNTER = new AtomicLong();

    private final Path root;
    private final String label;
    private final boolean posix;

    /**
     * @param root the folder; made when the first blob is created
     * @param label goes before the names of this process's temporary files: a run's id
     */
    public FolderStore(Path root, String label) {
        this.root = root.toAbsolutePath().normalize();
        this.label = label;
        this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public Creation create(BlobName name, Content content) {
        Path target = path(name);
        Path temporary = root.resolve(TMP).resolve(label + "." + COUNTER.incrementAndGet());
        try {
            makeFolders(folder(temporary));
            makeFolders(folder(target));
            Files.createFile(temporary, rights("rw-------")); // one that is there already is not ours to delete
            try {
                write(temporary, content);
                return link(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw hasRoom(content) ? StoreErrors.of("writing", name, e) : StoreErrors.full("writing", name, e);
        }
    }

    /** The system's words for a full disk may be in any language; its numbers are not. */
    private boolean hasRoom(Content content) {
        File folder = root.toFile();
        boolean known = folder.getTotalSpace() > 0; // if not, the system's words have to do
        return !known || folder.getUsableSpace() > content.length();
    }

    private void write(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (byte[] part : content.parts()) {
                var buffer = ByteBuffer.wrap(part);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            if (channel.size() != content.length()) {
                throw new IOException("wrote " + channel.size() + " bytes instead of " + content.length());
            }
            channel.force(true);
        }
    }

    private Creation link(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            return Creation.TAKEN;
        } catch (UnsupportedOperationException e) {
            throw new HoldfastException(ErrorCode.UNSUPPORTED, root + ": this file system has no hard links", e)
                    .withHint(
                            "put the repository on a file system with hard links (ext4, xfs, btrfs, zfs, apfs, ntfs)");
        }
        forceFolder(folder(target));
        return Creation.CREATED;
    }

    @Override
    public Optional<BlobFacts> find(BlobName name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path(name), BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(facts(name, attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (notAFolder(e)) {
                return Optional.empty();
            }
            throw StoreErrors.of("looking at", name, e);
        }
    }

    @Override
    public InputStream open(BlobName name) {
        try {
            return Files.newInputStream(path(name));
        } catch (NoSuchFileException e) {
            throw StoreErrors.missing(name);
        } catch (IOException e) {
            throw StoreErrors.of("reading", name, e);
        }
    }

    @Override
    public byte[] read(BlobName name, long offset, int length) {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ)) {
            if (offset > channel.size() - length) {
                throw StoreErrors.cut(name, offset + length);
            }
            var buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw StoreErrors.cut(name, offset + length);
                }
            }
            return buffer.array();
        } catch (NoSuchFileException e) {
            throw StoreErrors.missing(name);
        } catch (IOException e) {
            throw StoreErrors.of("reading", name, e);
        }
    }

    @Override
    public void list(BlobName folder, Consumer<BlobFacts> each) {
        Path start = path(folder);
        if (!Files.isDirectory(start)) {
            return;
        }
        try {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        name(file).ifPresent(name -> each.accept(facts(name, attributes)));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE; // deleted by another run while we looked
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            throw StoreErrors.of("listing", folder, e);
        }
    }

    /** A file whose name no blob can have was put there by somebody else; it is none of ours. */
    private Optional<BlobName> name(Path file) {
        String path =
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        try {
            return Optional.of(new BlobName(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean delete(BlobName name) {
        try {
            boolean there = Files.deleteIfExists(path(name));
            if (there) {
                forceFolder(folder(path(name)));
            }
            return there;
        } catch (IOException e) {
            if (notAFolder(e)) {
                return false;
            }
            throw StoreErrors.of("deleting", name, e);
        }
    }

    /** The time that the file system itself gives to a new file: on a network folder that is the server's. */
    @Override
    public Instant now() {
        Path probe = root.resolve(TMP).resolve(label + ".clock." + COUNTER.incrementAndGet());
        try {
            makeFolders(folder(probe));
            Files.createFile(probe, rights("rw-------"));
            try {
                return Files.getLastModifiedTime(probe).toInstant();
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            return Instant.now(); // cannot be written to: as the contract says
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }

    private Path path(BlobName name) {
        return root.resolve(name.path());
    }

    private Path folder(Path file) {
        Path parent = file.getParent();
        return parent == null ? root : parent;
    }

    private static BlobFacts facts(BlobName name, BasicFileAttributes attributes) {
        return new BlobFacts(
                name, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    private FileAttribute<?>[] rights(String rights) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private void makeFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            makeFolders(parent);
        }
        try {
            Files.createDirectory(folder, rights("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
            return; // another run was faster
        }
        if (parent != null) {
            forceFolder(parent);
        }
    }

    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            if (!System.getProperty("os.name", "").startsWith("Windows")) {
                throw e; // on Windows folders cannot be opened, and the file system orders names by itself
            }
        }
    }

    private static boolean notAFolder(IOException e) {
        return String.valueOf(e.getMessage()).contains("Not a directory");
    }
}
