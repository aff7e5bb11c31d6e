package dev.holdfast.cli.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A way to a server on which a connection goes silent, without ending, once it has carried so many bytes. */
final class SilentProxy implements AutoCloseable {
    private static final long LONGEST_SECONDS = 120;

    private final ServerSocket entrance;
    private final int server;
    private final long most;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch silent = new CountDownLatch(1);

    SilentProxy(int server, long most) throws IOException {
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.server = server;
        this.most = most;
        inThread(this::accept);
    }

    String url(String database) {
        return "postgresql://postgres@127.0.0.1:" + entrance.getLocalPort() + "/" + database;
    }

    /** Waits until a connection has gone silent. */
    void awaitSilence() throws InterruptedException {
        if (!silent.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no connection carried " + most + " bytes");
        }
    }

    private static void inThread(Runnable task) {
        var thread = new Thread(task, "silent-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                sockets.add(client);
                var there = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(there);
                var carried = new AtomicLong();
                inThread(() -> carry(client, there, carried));
                inThread(() -> carry(there, client, carried));
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void carry(Socket from, Socket to, AtomicLong carried) {
        var buffer = new byte[8192];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (carried.addAndGet(count) > most) {
                    silent.countDown();
                } else {
                    out.write(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            return; // one of both has gone
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
