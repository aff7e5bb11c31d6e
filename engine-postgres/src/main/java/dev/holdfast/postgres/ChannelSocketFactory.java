package dev.holdfast.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Gives the driver our own sockets. The driver makes this class by its name with one text, so the text is a key under which the socket
 * can be asked for once the driver is connected, and the path of a Unix-domain socket, if it is one.
 */
public final class ChannelSocketFactory extends SocketFactory {
    private static final Map<String, ChannelSocket> MADE = new ConcurrentHashMap<>();

    private final String key;
    private final Optional<String> unixPath;

    public ChannelSocketFactory(String keyAndPath) {
        int space = keyAndPath.indexOf(' ');
        this.key = space < 0 ? keyAndPath : keyAndPath.substring(0, space);
        this.unixPath = space < 0 ? Optional.empty() : Optional.of(keyAndPath.substring(space + 1));
    }

    /** The text for a socket of TCP. */
    static String tcp() {
        return UUID.randomUUID().toString();
    }

    /** The text for a socket of the Unix domain. */
    static String unix(String path) {
        return UUID.randomUUID() + " " + path;
    }

    /** The last socket made with the text, until it is forgotten. */
    static Optional<ChannelSocket> made(String keyAndPath) {
        return Optional.ofNullable(MADE.get(new ChannelSocketFactory(keyAndPath).key));
    }

    /** Nobody will ask for the socket any more. */
    static void forget(String keyAndPath) {
        MADE.remove(new ChannelSocketFactory(keyAndPath).key);
    }

    @Override
    public Socket createSocket() throws IOException {
        var socket = new ChannelSocket(unixPath);
        MADE.put(key, socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket();
    }
}
