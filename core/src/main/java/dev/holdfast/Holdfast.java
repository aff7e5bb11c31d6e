package dev.holdfast;

import dev.holdfast.backup.Backup;
import dev.holdfast.backup.BackupReport;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.compare.Compare;
import dev.holdfast.compare.CompareReport;
import dev.holdfast.compare.CompareRequest;
import dev.holdfast.drill.Drill;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.drill.DrillRequest;
import dev.holdfast.drill.FileDrill;
import dev.holdfast.drill.FileDrillRequest;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Engine;
import dev.holdfast.guard.Command;
import dev.holdfast.guard.Guard;
import dev.holdfast.guard.GuardReport;
import dev.holdfast.guard.GuardRequest;
import dev.holdfast.journal.Journal;
import dev.holdfast.json.JsonObject;
import dev.holdfast.protect.Protect;
import dev.holdfast.protect.ProtectReport;
import dev.holdfast.protect.ProtectRequest;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.Repository;
import dev.holdfast.repository.SourceName;
import dev.holdfast.restore.InPlace;
import dev.holdfast.restore.InPlacePlan;
import dev.holdfast.restore.InPlaceReport;
import dev.holdfast.restore.InPlaceRequest;
import dev.holdfast.restore.LateClaim;
import dev.holdfast.restore.Restore;
import dev.holdfast.restore.RestoreReport;
import dev.holdfast.restore.RestoreRequest;
import dev.holdfast.restore.SafetyPlace;
import dev.holdfast.restore.Swap;
import dev.holdfast.restore.SwapPlan;
import dev.holdfast.restore.SwapReport;
import dev.holdfast.restore.SwapRequest;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.store.BlobStore;
import dev.holdfast.verify.Verification;
import dev.holdfast.verify.VerifyReport;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The front door: backups of databases of one product in one repository. Safe for several threads; each call is a run of its own. Errors
 * are {@link dev.holdfast.error.HoldfastException}s.
 */
public final class Holdfast {
    private final BlobStore store;
    private final Engine engine;
    private final InstantSource clock;
    private final RunListener listener;
    private final Optional<BlobStore> spare;
    private final Optional<SourceName> source;

    private Holdfast(Builder builder) {
        this.store = builder.store;
        this.engine = builder.engine;
        this.clock = builder.clock;
        this.listener = builder.listener;
        this.spare = builder.spare;
        this.source = builder.source;
    }

    /** Begins with where the repository is and which product's databases it is about. */
    public static Builder builder(BlobStore store, Engine engine) {
        return new Builder(store, engine);
    }

    /** Settings with defaults. */
    public static final class Builder {
        private final BlobStore store;
        private final Engine engine;
        private InstantSource clock = InstantSource.system();
        private RunListener listener = RunListener.SILENT;
        private Optional<BlobStore> spare = Optional.empty();
        private Optional<SourceName> source = Optional.empty();

        private Builder(BlobStore store, Engine engine) {
            this.store = store;
            this.engine = engine;
        }

        /** Our own clock; the system's unless told. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /** Who watches the runs; nobody unless told. */
        public Builder listener(RunListener watcher) {
            this.listener = watcher;
            return this;
        }

        /** Where journal records go that the repository cannot take; nowhere unless told. */
        public Builder spareJournal(BlobStore place) {
            this.spare = Optional.of(place);
            return this;
        }

        /** What the database is called that the URLs name; its own name unless told. */
        public Builder source(SourceName name) {
            this.source = Optional.of(name);
            return this;
        }

        public Holdfast build() {
            return new Holdfast(this);
        }
    }

    /**
     * A new run, to be handed to one of the verbs; its {@link Run#interrupt} stops that, and its {@link Run#breakOff} also where a server
     * does not answer any more.
     */
    public Run newRun() {
        return new Run(clock, listener);
    }

    /** The repository; an error with the code {@code NO_REPOSITORY} when there is none. */
    public Repository repository() {
        return named(Repository.open(store));
    }

    private Repository named(Repository repository) {
        return source.map(repository::calling).orElse(repository);
    }

    /** Takes a backup, and makes the repository when there is none. What is returned is published and verified. */
    public BackupReport backup(Run run, String url, BackupRequest request) {
        try (Database database = engine.connect(run, url)) {
            Repository repository = named(Repository.openOrCreate(store, run.now()));
            return new Backup(repository, journal(), database, request, run).take();
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /** Restores a backup as a new database of the URL's server. What is returned is there, and equal to the backup. */
    public RestoreReport restoreInto(Run run, String url, RestoreRequest request) {
        Repository repository = repository();
        try (Database server = engine.connectServer(run, url)) {
            return new Restore(repository, journal(), server, request, run).execute();
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /**
     * Puts the rows of the URL's database, or of the one that the request names, back to those of a backup. What is returned is committed, and equal to the backup.
     *
     * @param safetyTo the repository that takes the safety backups, made when it is not there; empty for this one
     * @param agreed is shown what would be done, once, before anything is changed
     * @return empty when it was not agreed to
     */
    public Optional<InPlaceReport> restoreInPlace(
            Run run, String url, InPlaceRequest request, Optional<Elsewhere> safetyTo, Predicate<InPlacePlan> agreed) {
        boolean isOther = request.terms().onto().isPresent(); // which nobody has given a name
        Repository repository = isOther ? Repository.open(store) : repository();
        Supplier<SafetyPlace> safety = () -> safetyTo.map(other -> other.asSafetyPlace(run, isOther))
                .orElseGet(() -> new SafetyPlace(repository, journal(), Optional.empty()));
        try (Database database = request.terms()
                .onto()
                .map(name -> engine.connect(run, url, name))
                .orElseGet(() -> engine.connect(run, url))) {
            return new InPlace(repository, journal(), safety, database, engine::text, request, run).execute(agreed);
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /**
     * Another repository.
     *
     * @param address how people name it
     */
    public record Elsewhere(Holdfast library, String address) {
        private SafetyPlace asSafetyPlace(Run run, boolean isOther) {
            Repository repository = Repository.openOrCreate(library.store, run.now());
            return new SafetyPlace(
                    isOther ? repository : library.named(repository), library.journal(), Optional.of(address));
        }
    }

    /**
     * Restores a backup in the place of the live database that the request names, on the URL's server, after a safety backup of it. What
     * is returned has the name, and is equal to the backup; the database that was live is kept under another name.
     *
     * @param agreed is shown what would be done, once, before anything is changed
     * @return empty when it was not agreed to
     */
    public Optional<SwapReport> swap(Run run, String url, SwapRequest request, Predicate<SwapPlan> agreed) {
        Repository repository = repository();
        try (var claim = new LateClaim(() -> engine.watch(run, url, "holdfast swap " + request.backup()))) {
            return new Swap(repository, journal(), sides(run, url), request, run)
                    .execute(plan -> agreed.test(plan) && claim.take());
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    private Swap.Sides sides(Run run, String url) {
        return new Swap.Sides(() -> engine.connect(run, url), () -> engine.connectBeside(run, url));
    }

    /**
     * Runs a command behind a backup of the URL's database, and makes the repository when there is none.
     *
     * @param decision is asked whether to take back what has happened, when it is not as it should be
     * @throws dev.holdfast.error.HoldfastException when the command was not run, as {@link Command#hasStarted} says
     */
    public GuardReport guard(
            Run run, String url, GuardRequest request, Command command, Predicate<GuardReport> decision) {
        JsonObject by = request.backup().notes().by();
        String who = by.optionalString("user").orElse("") + "@"
                + by.optionalString("host").orElse("");
        var ways =
                new Guard.Ways(sides(run, url), () -> engine.watch(run, url, "holdfast guard of " + who), engine::text);
        try {
            Repository repository = named(Repository.openOrCreate(store, run.now()));
            return new Guard(repository, journal(), ways, request, command, run).execute(decision);
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /** Brings a backup back in a server to throw away, and shows whether it is what was backed up. */
    public DrillReport drill(Run run, DrillRequest request) {
        try {
            return new Drill(repository(), journal(), engine, request, run).execute();
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /** Brings a dump that others made back in a server to throw away, and shows whether it is whole. Needs no repository. */
    public DrillReport drill(Run run, FileDrillRequest request) {
        Optional<Journal> record = Repository.exists(store) ? Optional.of(journal()) : Optional.empty();
        try {
            return new FileDrill(record, engine, request, run).execute();
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /** Says what differs between a backup and the URL's database as it is now. Changes nothing. */
    public CompareReport compare(Run run, String url, BackupName backup, CompareRequest request) {
        Repository repository = repository();
        try (Database database = engine.connect(run, url)) {
            return new Compare(repository, engine::text, request, run).withDatabase(backup, database);
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /** Says what differs between two backups. Needs no database. */
    public CompareReport compare(Run run, BackupName backup, BackupName other, CompareRequest request) {
        return new Compare(repository(), engine::text, request, run).withBackup(backup, other);
    }

    /** Reads every byte of the given backups. */
    public VerifyReport verify(Run run, List<BackupName> backups, int jobs, JsonObject by) {
        return new Verification(repository(), journal(), run).verify(backups, jobs, by);
    }

    /** Reads every byte of every backup, and every file of the repository. */
    public VerifyReport verifyAll(Run run, int jobs, JsonObject by) {
        return new Verification(repository(), journal(), run).verifyAll(jobs, by);
    }

    /** Whether the URL's database is protected. Needs no repository, changes nothing. */
    public ProtectReport protection(Run run, String url) {
        try (Database database = engine.connect(run, url)) {
            return Protect.look(database);
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /** Protects the URL's database, or no longer protects it. Needs no repository; where there is one, its journal has a record. */
    public ProtectReport protect(Run run, String url, ProtectRequest request) {
        try (Database database = engine.connect(run, url)) {
            Supplier<Optional<Repository>> repository =
                    () -> Repository.exists(store) ? Optional.of(repository()) : Optional.empty();
            return new Protect(repository, journal(), database, run).execute(request);
        } catch (RuntimeException e) {
            throw run.reason(e);
        }
    }

    /** The source that the URL's database is. */
    public SourceName source(String url) {
        try (Database database = engine.connect(newRun(), url)) {
            return repository().sources().of(database.name(), database.identity());
        }
    }

    /** The record of runs. */
    public Journal journal() {
        return new Journal(store, spare);
    }
}
