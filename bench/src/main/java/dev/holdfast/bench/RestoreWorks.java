package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The large database brought back, and its backup checked. */
final class RestoreWorks {
    /** What Holdfast's restore asks of the server for itself. */
    private static final String TUNED =
            "-c maintenance_work_mem=256MB -c max_parallel_maintenance_workers=0 -c synchronous_commit=off";

    private RestoreWorks() {}

    static List<Result> large(Bench bench, Field.Prepared prepared) {
        Field field = bench.field();
        String database = field.databases().large();
        Path dump = dump(bench, database);
        Path repository = prepared.repository(bench, database);
        String plain = "pg_restore -j" + bench.plan().jobs();
        List<Contender> all = List.of(
                field.pgRestore(plain, dump, bench.plan(), ""),
                field.pgRestore(plain + ", settings tuned", dump, bench.plan(), TUNED),
                field.restore(repository, database, bench.plan()));
        Result result = bench.lab()
                .measure(
                        new Work(
                                "restore",
                                "the large database into a new one, ANALYZE included",
                                all,
                                List.of(plain),
                                List.of(new Bar.Times(Field.HOLDFAST + " restore --into", List.of(plain), 1.0))),
                        bench.plan().runs());
        field.dropRestored();
        return List.of(result);
    }

    /** There is no bar for this one: the peer proves less. */
    static List<Result> verify(Bench bench, Field.Prepared prepared) {
        Field field = bench.field();
        String database = field.databases().large();
        Path dump = dump(bench, database);
        Path repository = prepared.repository(bench, database);
        String peer = "sha256sum and pg_restore -f /dev/null";
        return List.of(bench.lab()
                .measure(
                        new Work(
                                "verify",
                                "every stored byte of the large database read and checked",
                                List.of(
                                        new Contender(
                                                peer,
                                                () -> {},
                                                List.of(
                                                        List.of(
                                                                "find",
                                                                dump.toString(),
                                                                "-type",
                                                                "f",
                                                                "-exec",
                                                                "sha256sum",
                                                                "{}",
                                                                "+"),
                                                        field.server().readDump(dump)),
                                                Optional::empty),
                                        Contender.of(
                                                Field.HOLDFAST + " verify",
                                                () -> {},
                                                verify(field, repository, database, bench.plan()),
                                                Optional::empty)),
                                List.of(peer),
                                List.of()),
                        bench.plan().runs()));
    }

    private static List<String> verify(Field field, Path repository, String database, Plan plan) {
        return field.holdfast()
                .on(repository, field.server().url(database), List.of("verify", "--jobs", String.valueOf(plan.jobs())));
    }

    /** The dump of the kind that the bars name; made once for all that read it. */
    static Path dump(Bench bench, String database) {
        Field field = bench.field();
        Path dump = field.folder().file("dump-of-" + database);
        if (WorkFolder.size(dump) == 0) {
            Dumps.Kind kind = field.dumps().folders().get(0);
            bench.lab()
                    .prepare(field.dumps()
                            .command(kind, database, dump, bench.plan().jobs()));
        }
        return dump;
    }
}
