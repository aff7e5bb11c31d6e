package dev.holdfast.postgres.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** One database of a test's server. Closing drops it, whoever is connected. */
public record TestDatabase(TestServer server, String name) implements AutoCloseable {
    /** Its URL by TCP. */
    public String url() {
        return server.url(name);
    }

    /** Runs SQL with psql; any error fails the test. */
    public String must(String sql) {
        return server.must(name, sql);
    }

    /** Changes what belongs to the database itself: {@code SET ...}, {@code IS_TEMPLATE true} and the like. */
    public void alter(String change) {
        server.must("postgres", "ALTER DATABASE " + TestServer.quoted(name) + " " + change);
    }

    /** Whether it is there. */
    public boolean exists() {
        return server.databases().contains(name);
    }

    static String escaped(String name) {
        return URLEncoder.encode(name, UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        server.administer("DROP DATABASE IF EXISTS " + TestServer.quoted(name) + " WITH (FORCE)");
    }

    @Override
    public String toString() {
        return name;
    }
}
