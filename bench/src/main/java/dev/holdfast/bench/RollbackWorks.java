package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The large database put back in place after 1 % of it was changed, safety backup and checks included; beside bringing all of it back. */
final class RollbackWorks {
    private static final String DAMAGED = "damaged";
    private static final String OWNER = "bench_owner";
    private static final double BAR = 0.10;

    private RollbackWorks() {}

    static List<Result> measure(Bench bench) {
        Field field = bench.field();
        Path dump = RestoreWorks.dump(bench, field.databases().large());
        String peer = "pg_restore -j" + bench.plan().jobs();
        try {
            Hundredth.makeCopy(field, DAMAGED);
            field.server().sql("postgres", "CREATE ROLE " + OWNER + " LOGIN");
            field.server()
                    .sql(
                            DAMAGED,
                            "GRANT pg_read_all_data TO " + OWNER,
                            "DO $$ DECLARE t regclass; BEGIN FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r'"
                                    + " AND relnamespace = 'public'::regnamespace LOOP EXECUTE 'ALTER TABLE ' || t || ' OWNER TO "
                                    + OWNER + "'; END LOOP; END $$");
            Path repository = field.repository(DAMAGED);
            bench.lab().prepare(field.backup(repository, DAMAGED, bench.plan()));
            var round = new AtomicInteger();
            String url = field.server().url(DAMAGED);
            Contender superuser = holdfast(bench, "", repository, url, round);
            Contender owner = holdfast(
                    bench, " by the owner", repository, url.replaceFirst("//[^@/]*@", "//" + OWNER + "@"), round);
            List<Contender> all = new ArrayList<>();
            all.add(field.pgRestore(peer, dump, bench.plan(), ""));
            all.add(superuser);
            all.add(owner);
            Result result = bench.lab()
                    .measure(
                            new Work(
                                    "rollback",
                                    "the large database put back in place, 1 % of each big table changed in one place",
                                    all,
                                    List.of(peer),
                                    List.of(
                                            new Bar.Times(superuser.name(), List.of(peer), BAR),
                                            new Bar.Times(owner.name(), List.of(peer), BAR))),
                            bench.plan().runs());
            WorkFolder.remove(repository);
            return List.of(result);
        } finally {
            field.dropRestored();
            field.server().drop(DAMAGED);
            field.server().sql("postgres", "DROP ROLE IF EXISTS " + OWNER);
        }
    }

    /** A superuser is a replica while it writes; an owner has to drop foreign keys and add them again. */
    private static Contender holdfast(Bench bench, String who, Path repository, String url, AtomicInteger round) {
        Field field = bench.field();
        String jobs = String.valueOf(bench.plan().jobs());
        return Contender.of(
                Field.HOLDFAST + " restore" + who,
                () -> Hundredth.change(field, DAMAGED, round.getAndIncrement()),
                field.holdfast().on(repository, url, List.of("restore", "latest", "--yes", "--jobs", jobs)),
                Optional::empty);
    }
}
