package dev.holdfast.bench;

import java.util.List;

/** The tables of pgbench as {@code pgbench --initialize --foreign-keys} makes them, without needing pgbench. */
final class Branches {
    private Branches() {}

    static List<String> statements(int scale) {
        return List.of(
                "CREATE TABLE pgbench_branches (bid integer NOT NULL, bbalance integer, filler character(88))"
                        + " WITH (fillfactor=100)",
                "CREATE TABLE pgbench_tellers (tid integer NOT NULL, bid integer, tbalance integer,"
                        + " filler character(84)) WITH (fillfactor=100)",
                "CREATE TABLE pgbench_accounts (aid integer NOT NULL, bid integer, abalance integer,"
                        + " filler character(84)) WITH (fillfactor=100)",
                "CREATE TABLE pgbench_history (tid integer, bid integer, aid integer, delta integer,"
                        + " mtime timestamp, filler character(22))",
                "INSERT INTO pgbench_branches SELECT i, 0, NULL FROM generate_series(1, " + scale + ") i",
                "INSERT INTO pgbench_tellers SELECT i, (i - 1) / 10 + 1, 0, NULL FROM generate_series(1, " + scale * 10
                        + ") i",
                "INSERT INTO pgbench_accounts SELECT i, (i - 1) / " + Databases.ACCOUNTS_PER_SCALE
                        + " + 1, 0, '' FROM generate_series(1, " + scale * Databases.ACCOUNTS_PER_SCALE + ") i",
                "ALTER TABLE pgbench_branches ADD PRIMARY KEY (bid)",
                "ALTER TABLE pgbench_tellers ADD PRIMARY KEY (tid)",
                "ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)",
                "ALTER TABLE pgbench_tellers ADD FOREIGN KEY (bid) REFERENCES pgbench_branches",
                "ALTER TABLE pgbench_accounts ADD FOREIGN KEY (bid) REFERENCES pgbench_branches");
    }
}
