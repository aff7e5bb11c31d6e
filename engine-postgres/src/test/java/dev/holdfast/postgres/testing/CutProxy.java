package dev.holdfast.postgres.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A way to a server that cuts a connection when its client says COMMIT. */
public final class CutProxy implements AutoCloseable {
    /** What happens at a COMMIT. */
    public enum Cut {
        /** The server never hears of it. */
        BEFORE,
        /** The server has done it and answered, and the client does not hear that. */
        AFTER,
        /** As after, and nobody gets through any more. */
        AFTER_FOR_EVER
    }

    private final ServerSocket entrance;
    private final int server;
    private final Cut cut;
    private volatile boolean happened;

    public CutProxy(int server, Cut cut) throws IOException {
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.cut = cut;
        inThread(this::accept);
    }

    public String url(String database) {
        return "postgresql://postgres@127.0.0.1:" + entrance.getLocalPort() + "/" + database;
    }

    public boolean happened() {
        return happened;
    }

    private static void inThread(Runnable task) {
        var thread = new Thread(task, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                inThread(() -> carry(client));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void carry(Socket client) {
        var muted = new AtomicBoolean();
        var answered = new CountDownLatch(1);
        try (client;
                var there = new Socket(InetAddress.getLoopbackAddress(), server)) {
            inThread(() -> answers(there, client, muted, answered));
            var buffer = new byte[8192];
            InputStream in = client.getInputStream();
            OutputStream out = there.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (new String(buffer, 0, count, ISO_8859_1).contains("COMMIT\0")) {
                    happened = true;
                    if (cut != Cut.BEFORE) {
                        muted.set(true);
                        out.write(buffer, 0, count);
                        answered.await(); // else it would be cut while it is at work
                    }
                    if (cut == Cut.AFTER_FOR_EVER) {
                        entrance.close();
                    }
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            return; // one of both has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answers(Socket there, Socket client, AtomicBoolean muted, CountDownLatch answered) {
        try {
            var buffer = new byte[8192];
            InputStream in = there.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (muted.get()) {
                    answered.countDown();
                } else {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            return; // one of both has gone
        } finally {
            answered.countDown();
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
