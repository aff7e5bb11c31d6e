package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment in which PostgreSQL's client programs reach an address: a password travels in a private file, never on a command line
 * or in a variable. Close deletes that file; one that a killed process left goes when the next environment is made.
 */
final class ClientEnvironment implements AutoCloseable {
    private static final Map<String, String> VARIABLES = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "connect_timeout", "PGCONNECT_TIMEOUT",
            "application_name", "PGAPPNAME",
            "options", "PGOPTIONS");

    private final Map<String, String> variables = new HashMap<>();
    private final PrivateFolder folder = new PrivateFolder("client");
    private final boolean takesSettings;

    /**
     * @param environment of this process, for the password file that a person may have named
     * @param takesSettings whether a login may carry settings of ours, which poolers refuse
     */
    ClientEnvironment(PgAddress address, Map<String, String> environment, boolean takesSettings) {
        this.takesSettings = takesSettings;
        try {
            variables.put("PGHOST", address.host());
            variables.put("PGPORT", String.valueOf(address.port()));
            variables.put("PGUSER", address.login().user());
            variables.put("PGDATABASE", address.database());
            variables.put("PGCLIENTENCODING", "UTF8"); // whatever the role or the database prefers
            address.options().forEach((name, value) -> {
                String variable = VARIABLES.get(name);
                if (variable != null) {
                    variables.put(variable, value);
                }
            });
            variables.putAll(withSettings("-c client_min_messages=warning"));
            if (address.login().password().isPresent()) {
                Path file = folder.path().resolve("pgpass");
                Files.createFile(file, PrivateFolder.rights("rw-------"));
                Files.writeString(
                        file, "*:*:*:*:" + escape(address.login().password().get()) + "\n");
                variables.put("PGPASSFILE", file.toString());
            } else if (environment.containsKey("PGPASSFILE")) {
                variables.put("PGPASSFILE", environment.get("PGPASSFILE"));
            }
        } catch (IOException e) {
            close();
            throw new HoldfastException(ErrorCode.STORE_FAILED, "writing a private file: " + e.getMessage(), e);
        }
    }

    private static String escape(String password) {
        return password.replace("\\", "\\\\").replace(":", "\\:");
    }

    /** The variables that a program needs. */
    Map<String, String> variables() {
        return variables;
    }

    /** The variables, with server settings added for the program's sessions, where they are taken. */
    Map<String, String> withSettings(String settings) {
        var more = new HashMap<>(variables);
        if (takesSettings) {
            more.merge("PGOPTIONS", settings, (there, added) -> there + " " + added);
        }
        return more;
    }

    /** A new private file. */
    Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.path().resolve(name), bytes);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FULL, "writing " + name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            folder.close();
        } catch (HoldfastException e) {
            return; // its rights are private, and the next one removes it
        }
    }
}
