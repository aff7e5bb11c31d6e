package dev.holdfast.postgres;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a file is that is no dump of PostgreSQL, as far as its beginning tells. */
final class ForeignFiles {
    private static final int SHOWN = 40;
    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put("-- MySQL dump", "it is one of MySQL");
        BEGINNINGS.put("-- MariaDB dump", "it is one of MariaDB");
        BEGINNINGS.put("/*M!999999", "it is one of MariaDB");
        BEGINNINGS.put("-- mysqldump", "it is one of MySQL");
        BEGINNINGS.put("SQLite format 3\0", "it is a database of SQLite");
        BEGINNINGS.put("PRAGMA foreign_keys", "it is one of SQLite");
        BEGINNINGS.put("-- CockroachDB", "it is one of CockroachDB");
        BEGINNINGS.put("TAPE", "it looks like a backup of SQL Server");
        BEGINNINGS.put("m\u00e2\u0099\u0081", "it is an archive of MongoDB");
        BEGINNINGS.put("PK\u0003\u0004", "it is a zip file");
        BEGINNINGS.put("\u00ff\u00fe", "it is text in UTF-16, as some shells write it; psql cannot read that");
        BEGINNINGS.put("\u00fe\u00ff", "it is text in UTF-16, as some shells write it; psql cannot read that");
    }

    private ForeignFiles() {}

    /** A few words. */
    static String whatItIs(String beginning) {
        return BEGINNINGS.entrySet().stream()
                .filter(each -> beginning.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> "it does not begin as one; it begins with \"" + shown(beginning) + "\"");
    }

    private static String shown(String beginning) {
        String line = beginning.stripLeading().lines().findFirst().orElse("");
        String few = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
        return few.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
