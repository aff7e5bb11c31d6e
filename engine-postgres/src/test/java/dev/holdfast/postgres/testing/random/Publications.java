package dev.holdfast.postgres.testing.random;

import java.util.List;

/** What is told to subscribers. */
final class Publications {
    private final Making making;
    private final Draw draw;
    private final Names databaseNames;

    Publications(Making making, Names databaseNames) {
        this.making = making;
        this.draw = making.draw;
        this.databaseNames = databaseNames;
    }

    void make() {
        List<MadeTable> tables =
                making.tables.stream().filter(MadeTable::permanent).toList();
        if (tables.isEmpty()) {
            return;
        }
        MadeTable table = draw.of(tables);
        switch (draw.between(0, making.since(15) ? 3 : 1)) {
            case 0 ->
                publish(Kind.PUBLICATION, " FOR TABLE ONLY " + table.name() + " WITH (publish = 'insert, truncate')");
            case 1 -> publish(Kind.PUBLICATION_OF_ALL, " FOR ALL TABLES WITH (publish_via_partition_root)");
            case 2 ->
                publish(
                        Kind.PUBLICATION_OF_SOME_COLUMNS_AND_ROWS,
                        " FOR TABLE " + table.name() + " (" + table.id() + ") WHERE (" + table.id() + " > 3)");
            default -> publish(Kind.PUBLICATION_OF_SCHEMA, " FOR TABLES IN SCHEMA " + making.schema);
        }
    }

    private void publish(Kind kind, String what) {
        String name = databaseNames.fresh();
        // a published table without a replica identity cannot be updated, so nothing may come after
        making.afterAll(
                kind,
                "CREATE PUBLICATION " + name + what + "; COMMENT ON PUBLICATION " + name + " IS " + making.text());
    }
}
