package dev.holdfast.postgres;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Dump;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.engine.Watch;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL 14 and later. */
public final class PostgresEngine implements Engine {
    static final String PRODUCT = "postgresql";
    private static final int OLDEST = 140000;

    private final Map<String, String> environment;
    private final PgPrograms programs;

    /**
     * @param environment the process's variables: {@code PG*}, {@code PATH}, {@code HOLDFAST_POSTGRES_BIN}
     */
    public PostgresEngine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.programs = new PgPrograms(environment);
    }

    @Override
    public boolean understands(String url) {
        return PgAddress.isUrl(url);
    }

    @Override
    public Optional<String> databaseName(String url) {
        return PgAddress.namedDatabase(url, environment);
    }

    @Override
    public BackupText text(JsonObject database) {
        return new CopyText(database.object("locale").string("encoding"));
    }

    @Override
    public Database connect(Run run, String url) {
        return connect(run, PgAddress.of(url, environment));
    }

    /** A restore needs no particular database: any of the server's will do to make a new one. */
    @Override
    public Database connectServer(Run run, String url) {
        PgAddress address = PgAddress.of(url, environment);
        try {
            return connect(run, address);
        } catch (HoldfastException e) {
            if (PgErrors.isBecauseOf(e, PgErrors.UNDEFINED_DATABASE)) {
                return connect(run, address.withDatabase("postgres"));
            }
            throw e;
        }
    }

    @Override
    public Database connect(Run run, String url, String database) {
        return connect(run, PgAddress.of(url, environment).withDatabase(database));
    }

    @Override
    public Database connectBeside(Run run, String url) {
        PgAddress named = PgAddress.of(url, environment);
        return Beside.of(named, address -> connect(run, address));
    }

    @Override
    public Sandbox sandbox(Run run, SandboxOrder order) {
        return PostgresSandbox.open(run, order, programs, environment);
    }

    @Override
    public Dump dump(Path file) {
        return new PostgresDump(DumpFile.recognize(file), programs);
    }

    @Override
    public Watch watch(Run run, String url, String doing) {
        PgAddress named = PgAddress.of(url, environment);
        try (PostgresDatabase guarded = connect(run, named)) {
            return PostgresWatch.of(guarded, besideOrIn(named, run), run, doing);
        }
    }

    /** Who may be in no other database watches from within: then the database can be dropped by nobody meanwhile. */
    private PostgresDatabase besideOrIn(PgAddress named, Run run) {
        try {
            return Beside.of(named, address -> connect(run, address));
        } catch (HoldfastException e) {
            if (e.code() == ErrorCode.UNREACHABLE) {
                throw e;
            }
            return connect(run, named);
        }
    }

    private PostgresDatabase connect(Run run, PgAddress address) {
        var database = PostgresDatabase.open(new PgConnections(address, run::wokenBy), programs, environment);
        if (database.server().versionNumber() < OLDEST) {
            database.close();
            throw new HoldfastException(
                    ErrorCode.UNSUPPORTED,
                    address + " is PostgreSQL " + database.server().version() + "; 14 is the oldest supported");
        }
        return database;
    }
}
