package dev.holdfast.postgres.testing;

import dev.holdfast.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A certificate that vouches for itself, for the address of test servers (not for their name), and its key, both as PEM. */
public record TestCertificate(Path certificate, Path key) {
    /** Whether certificates can be made here; if not, that is printed. */
    public static boolean canBeMade() {
        return Programs.isHere("openssl", "connections with TLS");
    }

    /** Makes one in a folder. */
    public static TestCertificate make(Path folder, String name) {
        var made = new TestCertificate(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        Programs.Result result = Programs.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-out",
                made.certificate.toString(),
                "-keyout",
                made.key.toString()));
        if (result.exit() != 0) {
            throw new AssertionError("openssl: " + result.errors());
        }
        return made;
    }

    /**
     * A server of its own that shows this certificate to whom asks for TLS; the test closes it.
     *
     * @param rules lines of pg_hba.conf that come before the others
     * @param client whose certificate a client may show
     */
    public TestServer serve(String rules, TestCertificate client) {
        TestServer server = TestServers.another(TestServers.newest().major(), Map.of());
        try {
            Path data = server.server().folder().resolve("data");
            put(certificate, data.resolve("server.crt"));
            put(key, data.resolve("server.key"));
            put(client.certificate, data.resolve("root.crt"));
            Path access = data.resolve("pg_hba.conf");
            Files.writeString(access, rules + Files.readString(access));
            server.must("postgres", "ALTER SYSTEM SET ssl_ca_file = 'root.crt'; ALTER SYSTEM SET ssl = on");
            server.must("postgres", "SELECT pg_reload_conf()");
            while (!server.must("postgres", "SHOW ssl").equals("on")) {
                Thread.onSpinWait();
            }
            return server;
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException(e);
        }
    }

    /** A key must be its server's own, and nobody else's to read. */
    private static void put(Path from, Path to) throws IOException {
        Files.copy(from, to);
        Files.setOwner(to, Files.getOwner(to.getParent()));
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
    }
}
