package dev.holdfast.postgres;

import dev.holdfast.engine.Protection;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.List;

/** The marker as a setting of the database, which nothing but Holdfast reads, and which comes along in a dump with the others. */
final class PostgresProtection implements Protection {
    private static final String SETTING = ProtectionMarker.SETTING;
    private static final int GRANTS_SETTINGS = 15;

    private final PostgresDatabase database;

    PostgresProtection(PostgresDatabase database) {
        this.database = database;
    }

    @Override
    public boolean isOn() {
        String oid = String.valueOf(database.server().database().count("database_oid"));
        return new ProtectionMarker(oid).isOn(database.connection());
    }

    @Override
    public void set(boolean on) {
        String doing = on ? "protecting the database" : "removing the database's protection";
        // a database may be read-only by default just because it is precious
        PgConnections.execute(database.connection(), doing, "SET default_transaction_read_only = off");
        try {
            PgConnections.execute(database.connection(), doing, statement(on));
        } catch (HoldfastException e) {
            throw why(e, on);
        }
        if (isOn() != on) {
            throw new HoldfastException(
                            ErrorCode.DATABASE_FAILED,
                            doing + ": the server took it, and database " + database.name() + " is "
                                    + (on ? "not protected" : "still protected"))
                    .withHint("psql: \\drds lists the settings of databases; look for " + SETTING);
        }
    }

    private String statement(boolean on) {
        return on
                ? ProtectionMarker.setting(database.name(), "on")
                : "ALTER DATABASE " + Sql.name(database.name()) + " RESET " + SETTING;
    }

    private HoldfastException why(HoldfastException e, boolean on) {
        if (PgErrors.isBecauseOf(e, PgErrors.READ_ONLY)) {
            return new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "the server is a standby, which is read-only: no marker can be changed",
                            e)
                    .withHint("name the primary");
        }
        return e.code() == ErrorCode.DENIED ? missingRight(e, on) : e;
    }

    /** Two rights are needed: the owner's, and one to set a parameter that the server does not know, which owners do not have. */
    private HoldfastException missingRight(HoldfastException e, boolean on) {
        List<String> facts = PgConnections.rows(
                        database.connection(), "looking at the role's rights", Sql.text("protecting"))
                .get(0);
        String role = facts.get(0);
        String what = "role " + role + " may not change " + SETTING + " of database " + database.name() + ": ";
        String bySuperuser = "a superuser can run: ";
        if (!facts.get(2).equals("t")) {
            return new HoldfastException(ErrorCode.DENIED, what + "it does not own it, " + facts.get(1) + " does", e)
                    .withHint("connect as " + facts.get(1) + " or as a superuser, or " + bySuperuser + statement(on));
        }
        if (database.server().major() < GRANTS_SETTINGS) {
            return new HoldfastException(
                            ErrorCode.DENIED,
                            what + "before PostgreSQL 15 only superusers may set what the server does not know",
                            e)
                    .withHint(bySuperuser + statement(on));
        }
        return new HoldfastException(ErrorCode.DENIED, what + "it lacks the right SET on this parameter", e)
                .withHint(bySuperuser + "GRANT SET ON PARAMETER " + SETTING + " TO " + Sql.name(role));
    }
}
