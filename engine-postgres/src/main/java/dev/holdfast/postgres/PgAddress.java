package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a database is and who asks, as libpq would understand it: a URI, completed by {@code PG*} variables and defaults. Its text shows
 * no secret.
 *
 * @param host a host name, or the folder of a Unix-domain socket when it begins with {@code /}
 * @param options other connection settings by their libpq names
 */
record PgAddress(String host, int port, String database, Login login, Map<String, String> options) {
    /**
     * Who asks.
     *
     * @param password empty when the password file, or nothing, decides
     */
    record Login(String user, Optional<String> password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** libpq's setting, and the environment variable that stands for it. */
    private static final Map<String, String> VARIABLES = Map.ofEntries(
            Map.entry("host", "PGHOST"),
            Map.entry("port", "PGPORT"),
            Map.entry("dbname", "PGDATABASE"),
            Map.entry("user", "PGUSER"),
            Map.entry("password", "PGPASSWORD"),
            Map.entry("sslmode", "PGSSLMODE"),
            Map.entry("sslrootcert", "PGSSLROOTCERT"),
            Map.entry("sslcert", "PGSSLCERT"),
            Map.entry("sslkey", "PGSSLKEY"),
            Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"),
            Map.entry("application_name", "PGAPPNAME"),
            Map.entry("options", "PGOPTIONS"));

    /** Variables that choose the server or guard the connection: to go on without them could reach another server. */
    private static final List<String> NOT_FOLLOWED =
            List.of("PGSERVICE", "PGHOSTADDR", "PGTARGETSESSIONATTRS", "PGREQUIREAUTH", "PGCHANNELBINDING", "PGSSLCRL");

    static boolean isUrl(String text) {
        return text.startsWith("postgresql://") || text.startsWith("postgres://");
    }

    /** Completes a URL, or nothing at all, from the environment. */
    static PgAddress of(String url, Map<String, String> environment) {
        for (String variable : NOT_FOLLOWED) {
            if (!environment.getOrDefault(variable, "").isEmpty()) {
                throw new HoldfastException(
                                ErrorCode.UNSUPPORTED, variable + " is set, which this version does not follow")
                        .withHint("unset it, and say in --db or the other PG variables which server is meant");
            }
        }
        Map<String, String> settings = url.isEmpty() ? new LinkedHashMap<>() : parse(url);
        VARIABLES.forEach((setting, variable) -> {
            String value = environment.get(variable);
            if (value != null && !value.isEmpty()) {
                settings.putIfAbsent(setting, value);
            }
        });
        String user = Optional.ofNullable(settings.remove("user")).orElseGet(() -> System.getProperty("user.name", ""));
        String database = Optional.ofNullable(settings.remove("dbname")).orElse(user);
        settings.putIfAbsent("application_name", "holdfast");
        int port = port(Optional.ofNullable(settings.remove("port")).orElse("5432"));
        String host = Optional.ofNullable(settings.remove("host")).orElseGet(() -> defaultHost(port));
        if (host.contains(",")) {
            throw severalHosts();
        }
        Optional<String> password = Optional.ofNullable(settings.remove("password"));
        return new PgAddress(host, port, database, new Login(user, password), Map.copyOf(settings));
    }

    /** The database that is named; where none is, connecting takes the one that is called like the user. */
    static Optional<String> namedDatabase(String url, Map<String, String> environment) {
        Map<String, String> settings = url.isEmpty() ? Map.of() : parse(url);
        return Optional.ofNullable(settings.getOrDefault("dbname", environment.get("PGDATABASE")))
                .filter(name -> !name.isEmpty());
    }

    /** As Debian's libpq does; where there is no socket folder, TCP. */
    private static String defaultHost(int port) {
        for (String folder : new String[] {"/var/run/postgresql", "/tmp"}) {
            if (Files.exists(Path.of(folder, ".s.PGSQL." + port))) {
                return folder;
            }
        }
        return "localhost";
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw bad("the port of the database is not a number from 1 to 65535");
        }
        throw bad("the port of the database is not a number from 1 to 65535");
    }

    private static Map<String, String> parse(String url) {
        Map<String, String> settings = new LinkedHashMap<>();
        String rest = url.substring(url.indexOf("://") + 3);
        int query = rest.indexOf('?');
        if (query >= 0) {
            for (String pair : rest.substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (equals < 1 || !VARIABLES.containsKey(name)) {
                    // a question mark in a password that is not escaped makes its rest look like a parameter
                    boolean tellable = name.matches("[a-z_]{1,40}");
                    throw bad("a parameter of the database URL is not known" + (tellable ? ": " + name : ""));
                }
                settings.put(name, decode(pair.substring(equals + 1)));
            }
            rest = rest.substring(0, query);
        }
        int slash = rest.indexOf('/');
        if (slash >= 0 && rest.indexOf('@', slash) >= 0) {
            throw bad("the database URL has an @ after its first /, so that it is not clear where the host is");
        }
        if (slash >= 0 && slash + 1 < rest.length()) {
            settings.putIfAbsent("dbname", decode(rest.substring(slash + 1)));
        }
        parseAuthority(slash < 0 ? rest : rest.substring(0, slash), settings);
        return settings;
    }

    private static void parseAuthority(String authority, Map<String, String> settings) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String login = authority.substring(0, at);
            int colon = login.indexOf(':');
            settings.putIfAbsent("user", decode(colon < 0 ? login : login.substring(0, colon)));
            if (colon >= 0) {
                settings.putIfAbsent("password", decode(login.substring(colon + 1)));
            }
        }
        String place = authority.substring(at + 1);
        if (place.contains(",")) {
            throw severalHosts();
        }
        int bracket = place.indexOf(']');
        int colon = place.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? place : place.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (!host.isEmpty()) {
            settings.putIfAbsent("host", decode(host));
        }
        if (colon >= 0) {
            settings.putIfAbsent("port", place.substring(colon + 1));
        }
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
            if (decoded.indexOf('\0') >= 0) {
                throw bad("the database URL holds %00");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw bad("the database URL has a broken percent escape");
        }
    }

    private static HoldfastException severalHosts() {
        return new HoldfastException(ErrorCode.UNSUPPORTED, "the database URL names several hosts")
                .withHint("name the one host to back up");
    }

    private static HoldfastException bad(String message) {
        return new HoldfastException(ErrorCode.BAD_USAGE, message)
                .withHint(
                        "a database URL looks like postgresql://user@host:5432/name; / ? @ : and % in a password are percent-encoded");
    }

    boolean isSocket() {
        return host.startsWith("/");
    }

    /** The same server and login, another database. */
    PgAddress withDatabase(String name) {
        return new PgAddress(host, port, name, login, options);
    }

    /** For people: no secret. */
    @Override
    public String toString() {
        String place = isSocket() ? host : host.contains(":") ? "[" + host + "]" : host;
        return "database " + database + " as " + login.user() + " at " + place + ":" + port;
    }
}
