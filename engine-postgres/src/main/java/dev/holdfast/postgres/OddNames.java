package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;

/** Names that cannot be worked with, found before anything is read: each is an error that tells the name. */
final class OddNames {
    private OddNames() {}

    /** Names of the database itself, and of what is in it. */
    static void refuse(PostgresDatabase database) {
        refuseLineEnds(database.name());
        if (!database.server().locale().string("encoding").equals("SQL_ASCII")) {
            return; // the server itself saw to it that text is text
        }
        List<String> bad = PgConnections.rows(database.connection(), "looking at names", Sql.text("not-ascii")).stream()
                .filter(row -> !isUtf8(HexFormat.of().parseHex(row.get(1))))
                .map(row -> row.get(0) + " " + shown(HexFormat.of().parseHex(row.get(1))))
                .toList();
        if (!bad.isEmpty()) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "the database does not know its encoding, and has names that are not UTF-8: "
                                    + FirstFew.of(bad))
                    .withHint("rename them, or give the comment anew, with SET client_encoding = 'SQL_ASCII'");
        }
    }

    /** PostgreSQL's own programs refuse such a name of a database, since it could not stand in a connection string of theirs. */
    static void refuseLineEnds(String database) {
        if (database.contains("\n") || database.contains("\r")) {
            throw new HoldfastException(
                            ErrorCode.UNSUPPORTED,
                            "the name of database " + Sql.name(database).replaceAll("[\r\n]", " ")
                                    + " has a line end, with which pg_dump and pg_restore cannot work")
                    .withHint("choose another name: ALTER DATABASE ... RENAME TO ...");
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static String shown(byte[] bytes) {
        var text = new StringBuilder();
        for (byte b : bytes) {
            if (b < ' ') {
                text.append(String.format("\\x%02x", b));
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }
}
