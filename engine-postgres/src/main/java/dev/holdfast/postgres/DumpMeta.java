package dev.holdfast.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The meta-commands of psql that pg_dump and pg_dumpall write. All others could do anything on this machine. */
sealed interface DumpMeta {
    /** What follows is taken by psql as nothing but SQL. */
    record Restrict(String key) implements DumpMeta {}

    /** The end of that. */
    record Unrestrict(String key) implements DumpMeta {}

    /** What follows is about another database. */
    record Connect(String database) implements DumpMeta {}

    /** How psql is to take what follows, until it is connected anew. */
    record Encoding(String name) implements DumpMeta {}

    Pattern ENCODING = Pattern.compile("\\\\encoding (\\w+)");
    Pattern RESTRICT = Pattern.compile("\\\\(un)?restrict (\\w+)");
    Pattern CONNECT = Pattern.compile("\\\\connect (?:(\\w[\\w.]*)|\"((?:[^\"=]|\"\")+)\")");
    Pattern CONNECT_BY_TERMS =
            Pattern.compile("\\\\connect -reuse-previous=on \"dbname='((?:[^'\"\\\\]|\\\\['\\\\]|\"\")+)'\"");

    /** Reads one; empty when it is none of these. */
    static Optional<DumpMeta> of(String line) {
        Matcher restrict = RESTRICT.matcher(line);
        if (restrict.matches()) {
            String key = restrict.group(2);
            return Optional.of(restrict.group(1) == null ? new Restrict(key) : new Unrestrict(key));
        }
        Matcher encoding = ENCODING.matcher(line);
        if (encoding.matches()) {
            return Optional.of(new Encoding(encoding.group(1)));
        }
        Matcher connect = CONNECT.matcher(line);
        if (connect.matches()) {
            String plain = connect.group(1);
            return Optional.of(new Connect(plain == null ? connect.group(2).replace("\"\"", "\"") : plain));
        }
        Matcher terms = CONNECT_BY_TERMS.matcher(line);
        return terms.matches()
                ? Optional.of(new Connect(terms.group(1).replace("\"\"", "\"").replaceAll("\\\\(['\\\\])", "$1")))
                : Optional.empty();
    }

    /** The command's own name, for people. */
    static String name(String line) {
        String command = line.strip();
        int end = 1;
        while (end < command.length() && Character.isLetter(command.charAt(end))) {
            end++;
        }
        return command.substring(0, Math.min(command.length(), Math.max(2, end)));
    }
}
