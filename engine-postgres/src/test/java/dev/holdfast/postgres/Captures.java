package dev.holdfast.postgres;

import dev.holdfast.engine.Capture;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Earlier;
import dev.holdfast.engine.Reading;
import dev.holdfast.engine.Relation;
import dev.holdfast.engine.Sweep;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Opens moments of test databases and reads what they hold. */
final class Captures {
    private Captures() {}

    static Run run() {
        return new Run(InstantSource.system(), RunListener.SILENT);
    }

    static Database connect(TestDatabase database) {
        return new PostgresEngine(database.server().environment()).connect(run(), database.url());
    }

    static PgConnections connections(TestDatabase database) {
        return new PgConnections(PgAddress.of(database.url(), Map.of()));
    }

    /** Does something with a capture. */
    static <T> T with(TestDatabase database, int readers, Function<Capture, T> what) {
        try (Database connected = connect(database);
                Capture capture = connected.capture(run(), readers, Earlier.none("a test"))) {
            return what.apply(capture);
        }
    }

    /** Every table's rows as COPY gives them, in the order of their bytes. */
    static Map<String, List<String>> rows(Reading reading) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (Relation relation : reading.relations()) {
            rows.put(relation.name(), Collections.synchronizedList(new ArrayList<>()));
        }
        new Sweep(reading, 1).run(() -> (reader, tasks) -> {
            Sweep.Task task = tasks.get(0);
            Relation relation = reading.relations().get(task.relation());
            List<String> to = rows.getOrDefault(relation.name(), new ArrayList<>());
            var row = new ByteArrayOutputStream();
            boolean read = reader.read(relation, relation.ranges().get(task.range()), (bytes, offset, length, ends) -> {
                row.write(bytes, offset, length);
                if (ends) {
                    to.add(row.toString(StandardCharsets.UTF_8));
                    row.reset();
                }
            });
            return read ? List.of() : tasks;
        });
        rows.values().forEach(Collections::sort);
        return rows;
    }

    /** Every table's rows of a database. */
    static Map<String, List<String>> rows(TestDatabase database) {
        return with(database, 2, Captures::rows);
    }
}
