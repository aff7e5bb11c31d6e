package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.postgresql.Driver;

/** Opens connections to one address, each pinned to settings that our reading depends on. */
final class PgConnections {
    private static final int LONGEST_NAME = 63;
    /** libpq's name of a setting, and the driver's. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "options", "options");

    private static final int FREE_TRIES = 20;

    private final PgAddress address;
    private final Consumer<Runnable> wokenBy;
    private final Pooler pooler;

    /** Whoever waits for the server waits until it answers. */
    PgConnections(PgAddress address) {
        this(address, waker -> {});
    }

    /**
     * @param wokenBy takes, for each connection, what ends it in whatever it waits for
     */
    PgConnections(PgAddress address, Consumer<Runnable> wokenBy) {
        this(address, wokenBy, new Pooler(false));
    }

    private PgConnections(PgAddress address, Consumer<Runnable> wokenBy, Pooler pooler) {
        this.address = address;
        this.wokenBy = wokenBy;
        this.pooler = pooler;
    }

    PgAddress address() {
        return address;
    }

    /** The same, for another database of the server. */
    PgConnections to(String database) {
        return new PgConnections(address.withDatabase(database), wokenBy, pooler.elsewhere());
    }

    /** The same, for what must be seen to its end: nobody is woken. */
    PgConnections unwoken() {
        return new PgConnections(address, waker -> {}, pooler);
    }

    /** Whether a pooler was seen on the way; to be asked when a connection has been opened. */
    boolean areThroughPooler() {
        return pooler.isBetween();
    }

    /** A new connection, pinned; the caller closes it. */
    Connection open() {
        return openSession().connection();
    }

    /** The environment in which programs reach the same database; to be asked for when a connection has been opened. */
    ClientEnvironment forPrograms(Map<String, String> environment) {
        return new ClientEnvironment(address, environment, !pooler.isBetween());
    }

    /** The same as {@link #openSession}; where there is no place, that of a session which has just ended is waited for. */
    PgSession openSessionWhenFree() {
        return Pause.whileRefused(PgErrors.TOO_MANY_CONNECTIONS, FREE_TRIES, this::openSession, () -> {});
    }

    /** A new connection, pinned, with the tap on its socket; the caller closes it. */
    PgSession openSession() {
        PgSession session = connect();
        try {
            Connection connection = session.connection();
            List<String> told =
                    rows(connection, "asking for settings", Sql.text("hiding")).get(0);
            pooler.check(session, told.get(0), this::connect);
            pin(connection, told.get(1));
            session.frame();
            return session;
        } catch (SQLException e) {
            session.close();
            throw PgErrors.of("setting up a connection to " + address, e);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private PgSession connect() {
        var properties = new Properties();
        properties.setProperty("user", address.login().user());
        address.login().password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "30");
        address.options().forEach((name, value) -> {
            String driverName = DRIVER_NAMES.get(name);
            if (driverName != null) {
                properties.setProperty(driverName, value);
            }
        });
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        String socket = address.isSocket()
                ? ChannelSocketFactory.unix(address.host() + "/.s.PGSQL." + address.port())
                : ChannelSocketFactory.tcp();
        // weak, since the run keeps it for as long as it lasts, and a socket has a large buffer
        var open = new AtomicReference<WeakReference<ChannelSocket>>();
        wokenBy.accept(() -> Optional.ofNullable(open.get())
                .flatMap(known -> Optional.ofNullable(known.get()))
                .or(() -> ChannelSocketFactory.made(socket))
                .ifPresent(ChannelSocket::end));
        properties.setProperty("socketFactory", ChannelSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", socket);
        properties.setProperty("sslfactory", TlsSocketFactory.class.getName());
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("loginTimeout", "60");
        if (address.isSocket()) {
            properties.setProperty("sslmode", "disable");
            host = "localhost";
        }
        String url = "jdbc:postgresql://" + host + ":" + address.port() + "/"
                + URLEncoder.encode(address.database(), UTF_8).replace("+", "%20");
        try {
            Connection connection = new Driver().connect(url, properties);
            if (connection == null) {
                throw new IllegalStateException("the driver does not know its own URL");
            }
            Optional<ChannelSocket> made = ChannelSocketFactory.made(socket);
            made.map(WeakReference::new).ifPresent(open::set);
            return new PgSession(connection, made.orElseThrow().tap());
        } catch (SQLException e) {
            throw PgErrors.of("connecting to " + address, itself(e));
        } finally {
            ChannelSocketFactory.forget(socket);
        }
    }

    /** The driver makes our factory by its name, and wraps what is wrong with the settings for TLS twice. */
    private static SQLException itself(SQLException e) {
        return e.getCause() instanceof InvocationTargetException made && made.getCause() instanceof SQLException wrong
                ? wrong
                : e;
    }

    /**
     * @param hiding names of settings with commas between, which the server has switched on
     */
    private static void pin(Connection connection, String hiding) throws SQLException {
        String settings = Sql.text("pin");
        if (connection.getMetaData().getDatabaseMajorVersion() >= 17) {
            settings += "; SET transaction_timeout = 0";
        }
        try (var statement = connection.createStatement()) {
            statement.execute(settings);
        }
        for (String setting : hiding.split(",", -1)) {
            if (!setting.isEmpty()) {
                pinOff(connection, setting);
            }
        }
    }

    /** A setting that makes damaged pages look empty, or whole. Not everybody may change it, so it is changed only when it is on. */
    private static void pinOff(Connection connection, String setting) {
        try {
            execute(connection, "pinning " + setting, "SET " + setting + " = off");
        } catch (HoldfastException e) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED, "the setting " + setting + " is on, which hides damaged rows", e)
                    .withHint("ALTER ROLE ... RESET " + setting + ", or the same for the database or the server");
        }
    }

    /** Says what a session is for, to people who look at the server. */
    static void introduce(Connection connection, String doing) {
        String shown = doing.length() > LONGEST_NAME ? doing.substring(0, LONGEST_NAME) : doing;
        execute(connection, "introducing itself", "SET application_name = " + Sql.value(shown));
    }

    /** Runs statements without results. */
    static void execute(Connection connection, String doing, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw PgErrors.of(doing, e);
        }
    }

    /** A query's columns as text, row by row. */
    static List<List<String>> rows(Connection connection, String doing, String sql) {
        List<List<String>> rows = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(row.getString(i));
                }
                rows.add(cells);
            }
        } catch (SQLException e) {
            throw PgErrors.of(doing, e);
        }
        return rows;
    }

    /** A query's first column as text. */
    static List<String> column(Connection connection, String doing, String sql) {
        return rows(connection, doing, sql).stream().map(row -> row.get(0)).toList();
    }

    /** Ends a connection whatever it is doing; an error while ending one changes nothing any more. */
    static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | HoldfastException e) {
            return; // it is gone either way
        }
    }
}
