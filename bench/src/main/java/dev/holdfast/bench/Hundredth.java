package dev.holdfast.bench;

/** A copy of the large database in which one row of a hundred is changed. */
final class Hundredth {
    private Hundredth() {}

    /**
     * Makes the copy, since the other works want the database as it was made. It is packed and its free space unknown, as after a restore: in
     * a table that was vacuumed, PostgreSQL puts small new versions of rows into gaps all over, and one place becomes many.
     */
    static void makeCopy(Field field, String copy) {
        field.server()
                .sql(
                        "postgres",
                        "CREATE DATABASE " + copy + " TEMPLATE "
                                + field.databases().large());
        field.server().sql(copy, "VACUUM FULL", "ANALYZE");
    }

    /** Changes 1 % of each big table in one place, another one each time, so that no range is changed twice. */
    static void change(Field field, String copy, int round) {
        int scale = field.databases().scale();
        field.server()
                .sql(
                        copy,
                        "UPDATE pgbench_accounts SET abalance = abalance + 1 WHERE aid "
                                + rows(Databases.ACCOUNTS_PER_SCALE, scale, round),
                        "UPDATE documents SET created = created + interval '1 second' WHERE id "
                                + rows(Databases.DOCUMENTS_PER_SCALE, scale, round));
    }

    private static String rows(int perScale, int scale, int round) {
        long rows = (long) perScale * scale / 100;
        long from = rows * (round % 100) + 1;
        return "BETWEEN " + from + " AND " + (from + rows - 1);
    }
}
