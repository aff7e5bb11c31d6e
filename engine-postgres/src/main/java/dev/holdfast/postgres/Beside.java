package dev.holdfast.postgres;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.List;
import java.util.function.Function;

/** Finds a database of a server to be in while another one of it is renamed. */
final class Beside {
    private static final String USUAL = "postgres";

    private Beside() {}

    /** The one that every server has, as a rule; else any other that lets us in. */
    static PostgresDatabase of(PgAddress named, Function<PgAddress, PostgresDatabase> connect) {
        if (!named.database().equals(USUAL)) {
            try {
                return connect.apply(named.withDatabase(USUAL));
            } catch (HoldfastException e) {
                if (!PgErrors.isNoEntry(e)) {
                    throw e;
                }
            }
        }
        return anyOther(named, connect);
    }

    private static PostgresDatabase anyOther(PgAddress named, Function<PgAddress, PostgresDatabase> connect) {
        HoldfastException refusal = null;
        for (String other : others(named, connect)) {
            try {
                return connect.apply(named.withDatabase(other));
            } catch (HoldfastException e) {
                if (!PgErrors.isNoEntry(e)) {
                    throw e;
                }
                refusal = e;
            }
        }
        String doing = "looking for a database to be in while " + named.database() + " is renamed";
        throw refusal == null ? none(doing) : refusal.during(doing);
    }

    private static List<String> others(PgAddress named, Function<PgAddress, PostgresDatabase> connect) {
        try (PostgresDatabase known = connect.apply(named)) {
            return PgConnections.column(known.connection(), "listing databases", Sql.text("beside"));
        }
    }

    private static HoldfastException none(String doing) {
        return new HoldfastException(ErrorCode.UNSUPPORTED, doing + ": there is none that lets us in")
                .withHint("make one on the same server: CREATE DATABASE postgres");
    }
}
