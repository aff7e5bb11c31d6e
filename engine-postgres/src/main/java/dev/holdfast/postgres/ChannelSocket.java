package dev.holdfast.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * A socket over a channel, of TCP or of the Unix domain, whose input can be tapped for COPY data. Read time-outs are accepted and mean
 * nothing: the driver sets none unless told.
 */
final class ChannelSocket extends Socket {
    private final Optional<UnixDomainSocketAddress> unixAddress;
    private final SocketChannel channel;
    private final CopyTap input;
    private CopyTap tap;

    ChannelSocket(Optional<String> unixPath) throws IOException {
        this.unixAddress = unixPath.map(UnixDomainSocketAddress::of);
        this.channel = unixAddress.isPresent() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        this.input = new CopyTap(Channels.newInputStream(channel));
        this.tap = input;
    }

    /** Where COPY data can be taken off: over the layer that is not encrypted. */
    CopyTap tap() {
        return tap;
    }

    /** From now on this carries TLS, and COPY data can be taken off what that decrypts. The caller reads it through the answer only. */
    CopyTap tapInto(InputStream decrypted) {
        tap = new CopyTap(decrypted);
        return tap;
    }

    @Override
    public void connect(SocketAddress wanted, int timeout) throws IOException {
        if (unixAddress.isPresent()) {
            channel.connect(unixAddress.get());
            return;
        }
        SocketAddress address = wanted;
        if (wanted instanceof InetSocketAddress named && named.isUnresolved()) {
            address = new InetSocketAddress(named.getHostString(), named.getPort());
        }
        channel.socket().connect(address, timeout);
    }

    @Override
    public void connect(SocketAddress wanted) throws IOException {
        connect(wanted, 0);
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return Channels.newOutputStream(channel);
    }

    // TLS calls the next four; what we inherit would open a second socket for them, and leave it open

    @Override
    public int getPort() {
        return unixAddress.isPresent() ? 0 : channel.socket().getPort();
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }

    /** Ends it from any thread: whoever reads or writes, or is being connected, is woken and fails. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // it is gone either way
        }
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        setOption(on, StandardSocketOptions.TCP_NODELAY);
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        setOption(on, StandardSocketOptions.SO_KEEPALIVE);
    }

    private void setOption(boolean on, java.net.SocketOption<Boolean> option) throws SocketException {
        if (unixAddress.isPresent()) {
            return;
        }
        try {
            channel.setOption(option, on);
        } catch (IOException e) {
            throw new SocketException(e.getMessage());
        }
    }

    @Override
    public synchronized void setSoTimeout(int timeout) {}

    @Override
    public synchronized int getSoTimeout() {
        return 0;
    }

    @Override
    public synchronized void setReceiveBufferSize(int size) {}

    @Override
    public synchronized void setSendBufferSize(int size) {}

    @Override
    public synchronized int getSendBufferSize() {
        return 1 << 16;
    }

    @Override
    public synchronized int getReceiveBufferSize() {
        return 1 << 16;
    }
}
