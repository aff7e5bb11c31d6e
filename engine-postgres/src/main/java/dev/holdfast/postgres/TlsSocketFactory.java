package dev.holdfast.postgres;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/**
 * Gives the driver TLS sockets over our own sockets, whose decrypted input can be tapped. All that decides about trust (sslmode,
 * sslrootcert, sslcert, sslkey) stays with the driver's factory. The driver makes this class by its name.
 */
public final class TlsSocketFactory extends LibPQFactory {
    public TlsSocketFactory(Properties settings) throws PSQLException {
        super(settings);
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        var tls = (SSLSocket) super.createSocket(plain, host, port, autoClose);
        return new TlsSocket(tls, (ChannelSocket) plain);
    }
}
