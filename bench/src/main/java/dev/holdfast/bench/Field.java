package dev.holdfast.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who contends and on what: the server with its databases, Holdfast, the dumps, and the folder for all of it. */
record Field(BenchServer server, Databases databases, HoldfastProgram holdfast, WorkFolder folder, Dumps dumps) {
    static final String HOLDFAST = "holdfast";

    /** Holdfast's backups of a database, in a folder of their own. */
    Path repository(String name) {
        return folder.file("repository-" + name);
    }

    List<String> backup(Path repository, String database, Plan plan) {
        return holdfast.on(repository, server.url(database), List.of("backup", "--jobs", String.valueOf(plan.jobs())));
    }

    /** Holdfast taking a first backup. */
    Contender firstBackup(String database, Plan plan) {
        Path repository = repository("first");
        return Contender.of(
                HOLDFAST + " backup",
                () -> WorkFolder.remove(repository),
                backup(repository, database, plan),
                Lab.bytesOf(repository));
    }

    /** pg_dump, the dump of the turn before removed first. */
    Contender dump(Dumps.Kind kind, String database, Plan plan) {
        Path target = folder.file("dump");
        return Contender.of(
                kind.words(plan.jobs()),
                () -> WorkFolder.remove(target),
                dumps.command(kind, database, target, plan.jobs()),
                Lab.bytesOf(target));
    }

    /** pg_restore into a new database, and the statistics that Holdfast's restore makes, too. */
    Contender pgRestore(String name, Path dump, Plan plan, String settings) {
        String database = "restored_by_peer";
        String jobs = "--jobs=" + plan.jobs();
        List<String> restore = new ArrayList<>();
        if (!settings.isEmpty()) {
            restore.addAll(List.of("env", "PGOPTIONS=" + settings));
        }
        restore.addAll(server.program("pg_restore", database, jobs));
        restore.add(dump.toString());
        return new Contender(
                name,
                this::dropRestored,
                List.of(
                        server.createDatabase(database),
                        List.copyOf(restore),
                        server.program("vacuumdb", database, "--quiet", "--analyze-only", jobs)),
                () -> Optional.of(server.size(database)));
    }

    /** Holdfast restoring the newest backup into a new database. */
    Contender restore(Path repository, String source, Plan plan) {
        String database = "restored_by_holdfast";
        return Contender.of(
                HOLDFAST + " restore --into",
                this::dropRestored,
                holdfast.on(
                        repository,
                        server.url(source),
                        List.of("restore", "latest", "--into", database, "--jobs", String.valueOf(plan.jobs()))),
                () -> Optional.of(server.size(database)));
    }

    void dropRestored() {
        server.drop("restored_by_peer");
        server.drop("restored_by_holdfast");
    }

    /** What each contender of a list is called. */
    static List<String> names(List<Contender> contenders) {
        return contenders.stream().map(Contender::name).toList();
    }

    /** One repository for each database that has been backed up to be worked with, and not to be measured. */
    static final class Prepared {
        private final Map<String, Path> repositories = new HashMap<>();

        /** A repository with one backup of the database. */
        Path repository(Bench bench, String database) {
            return repositories.computeIfAbsent(database, name -> {
                Path repository = bench.field().repository(name);
                bench.lab().prepare(bench.field().backup(repository, name, bench.plan()));
                return repository;
            });
        }
    }
}
