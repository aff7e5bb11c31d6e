package dev.holdfast.repository;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.store.BlobFacts;
import dev.holdfast.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole pack once: hashes every byte, decompresses every chunk. Memory is one chunk. */
public final class PackCheck {
    private PackCheck() {}

    /** Looks at one pack. A pack that is wrong or missing, or that the storage does not give, is an answer. */
    public static PackState check(BlobStore store, Sha256 pack) {
        try {
            Optional<BlobFacts> facts = store.find(Layout.pack(pack));
            return facts.isEmpty()
                    ? new PackState.Missing()
                    : readWhole(store, pack, facts.get().length());
        } catch (HoldfastException e) {
            return switch (e.code()) {
                case DAMAGED -> new PackState.Damaged(String.valueOf(e.getMessage()));
                case STORE_MISSING -> new PackState.Missing();
                case STORE_FAILED, STORE_READ_ONLY -> new PackState.Unreadable(String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
    }

    private static PackState readWhole(BlobStore store, Sha256 pack, long length) {
        PackFooter footer = footer(store, pack, length);
        MessageDigest digest = Sha256.newDigest();
        List<Place> chunks = new ArrayList<>(footer.chunks().size());
        try (InputStream in = store.open(Layout.pack(pack))) {
            for (PackFooter.Entry entry : footer.chunks()) {
                byte[] frame = readFully(in, entry.length());
                digest.update(frame);
                ChunkCodec.decompress(frame, 0, frame.length, entry.chunk(), entry.rawLength());
                chunks.add(entry.in(pack));
            }
            digest.update(in.readAllBytes());
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "reading pack " + pack + ": " + e.getMessage(), e);
        }
        if (!Sha256.finish(digest).equals(pack)) {
            return new PackState.Damaged("its bytes do not match its name");
        }
        return new PackState.Whole(length, chunks);
    }

    /** The footer alone: which chunks a pack says it holds. */
    static PackFooter footer(BlobStore store, Sha256 pack, long length) {
        if (length < PackFooter.TRAILER) {
            throw new HoldfastException(ErrorCode.DAMAGED, "it is cut");
        }
        var name = Layout.pack(pack);
        int footer = PackFooter.length(store.read(name, length - PackFooter.TRAILER, PackFooter.TRAILER), length);
        return PackFooter.parse(store.read(name, length - footer, footer), length - footer);
    }

    private static byte[] readFully(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new HoldfastException(ErrorCode.DAMAGED, "it is cut");
        }
        return bytes;
    }
}
