package dev.holdfast.cli;

import dev.holdfast.Holdfast;
import dev.holdfast.backup.BackupRequest;
import dev.holdfast.backup.FullRead;
import dev.holdfast.config.SourceSettings;
import dev.holdfast.engine.Engine;
import dev.holdfast.error.Aftermath;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.Json;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.PostgresEngine;
import dev.holdfast.project.Surroundings;
import dev.holdfast.repository.Kind;
import dev.holdfast.repository.Notes;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.run.Severity;
import dev.holdfast.run.Step;
import dev.holdfast.store.BlobStore;
import dev.holdfast.store.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What every command shares: environment, streams, global options, and the wiring of stores and engines. */
final class Context {
    static final int SCHEMA_VERSION = 1;

    private final Map<String, String> environment;
    private final Path folder;
    private final Terminal terminal;
    private final RunListener watcher;
    private final ProgressLine progress;
    private final Interrupts interrupts;
    private final GlobalOptions options = new GlobalOptions();
    private final Settings settings;

    Context(Map<String, String> environment, Path folder, Terminal terminal, RunListener watcher) {
        this.environment = environment;
        this.folder = folder;
        this.terminal = terminal;
        this.watcher = watcher;
        this.progress = new ProgressLine(terminal);
        this.interrupts = new Interrupts(terminal.err());
        this.settings = new Settings(environment, folder, options);
    }

    /** The options that every command takes, filled when the command line is parsed. */
    GlobalOptions options() {
        return options;
    }

    /** What options, variables and the config file say. */
    Settings settings() {
        return settings;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Where the program was started. */
    Path folder() {
        return folder;
    }

    Terminal terminal() {
        return terminal;
    }

    ProgressLine progress() {
        return progress;
    }

    boolean json() {
        return options.json;
    }

    int verbosity() {
        return options.verbose.length - (options.quiet ? 1 : 0);
    }

    /** The URL of the database that is meant; empty when only {@code PG*} variables say which. */
    String url() {
        settings.checkChosen();
        return settings.url();
    }

    /** The name of the database that is meant, if anything says which. */
    Optional<String> databaseName() {
        return engine().databaseName(settings.url());
    }

    Engine engine() {
        settings.check();
        return new PostgresEngine(environment);
    }

    Path repositoryFolder() {
        return settings.repositoryFolder();
    }

    BlobStore store() {
        return store(repositoryFolder());
    }

    private static BlobStore store(Path folder) {
        return new FolderStore(folder, label());
    }

    private static String label() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** Where this user's programs keep what should stay. */
    Path stateFolder() {
        String told = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = told.isEmpty() ? Path.of(System.getProperty("user.home", "."), ".local", "state") : Path.of(told);
        return base.resolve("holdfast");
    }

    /** The library on the repository that must be there. */
    Holdfast existing() {
        Holdfast holdfast = library();
        if (!dev.holdfast.repository.Repository.exists(store())) {
            throw new HoldfastException(ErrorCode.NO_REPOSITORY, "no repository at " + repositoryFolder())
                    .withHint(
                            "name one with --repository, HOLDFAST_REPOSITORY or a config file; 'holdfast backup' makes one");
        }
        KilledGuards.tell(holdfast, this);
        return holdfast;
    }

    /** The library on the repository that is there or may be made; a folder with other things in it is not made one. */
    Holdfast existingOrNew() {
        Holdfast holdfast = existingOrNew(repositoryFolder());
        KilledGuards.tell(holdfast, this);
        return holdfast;
    }

    /** The same for another repository, as people name it. */
    Holdfast.Elsewhere elsewhere(String told) {
        Path other = settings.path(told);
        return new Holdfast.Elsewhere(existingOrNew(other), other.toString());
    }

    private Holdfast existingOrNew(Path folder) {
        if (!dev.holdfast.repository.Repository.exists(store(folder)) && Files.exists(folder)) {
            Set<String> own = Set.of(".gitignore", "README.txt", "restore-without-holdfast-1.py", "tmp");
            try (var files = Files.list(folder)) {
                String others = files.map(file -> file.getFileName().toString())
                        .filter(name -> !own.contains(name))
                        .limit(3)
                        .collect(Collectors.joining(", "));
                if (!others.isEmpty()) {
                    throw new HoldfastException(
                                    ErrorCode.ALREADY_EXISTS,
                                    folder + " holds other things (" + others + ") and no repository")
                            .withHint("name a new folder, or an empty one, with --repository");
                }
            } catch (IOException e) {
                throw new HoldfastException(
                                ErrorCode.NO_REPOSITORY, "no repository at " + folder + ": it is not a folder", e)
                        .withHint("name a folder with --repository");
            }
        }
        return library(folder);
    }

    /** The library on a repository that may be there or not. */
    Holdfast library() {
        return library(repositoryFolder());
    }

    private Holdfast library(Path folder) {
        long began = System.nanoTime();
        RunListener listener = new RunListener() {
            @Override
            public void step(Step step) {
                watcher.step(step);
                progress.step(step);
                if (verbosity() > 0) {
                    say(String.format(Locale.ROOT, "%7.3f s  %s", (System.nanoTime() - began) / 1e9, step.title()));
                }
            }

            @Override
            public void progress(dev.holdfast.run.Progress done) {
                watcher.progress(done);
                if (!json() && !options.quiet) {
                    progress.progress(done);
                }
            }

            @Override
            public void finding(Finding finding) {
                watcher.finding(finding);
                if (finding.severity() != Severity.NOTE || verbosity() >= 0) {
                    say((finding.severity() == Severity.NOTE ? "note: " : "warning: ") + finding.message());
                }
            }
        };
        var builder = Holdfast.builder(store(folder), engine())
                .clock(InstantSource.system())
                .listener(listener)
                .spareJournal(new FolderStore(stateFolder(), label()));
        settings.sourceName().map(SourceName::new).ifPresent(builder::source);
        return builder.build();
    }

    /**
     * Makes interrupt and terminate end the run in order: it puts back, then the process goes.
     *
     * @param atWorst what it leaves behind in the databases when it cannot be waited for
     */
    void interruptible(Run run, Aftermath atWorst) {
        interrupts.stop(run, atWorst);
    }

    Interrupts interrupts() {
        return interrupts;
    }

    /** What is asked of a backup that a command takes by itself, before it does something else. */
    BackupRequest ownBackup(Kind kind, String description, int jobs) {
        var notes =
                new Notes(Optional.of(description), Map.of(), Whoami.json(), Surroundings.json(environment, folder));
        return new BackupRequest(
                kind, notes, recorded(), Whoami.holder(), jobs, FullRead.USUAL, BackupRequest.Allowances.NONE, true);
    }

    /** The questions that the config file wants each backup to keep the answers of. */
    List<String> recorded() {
        return settings.source().map(SourceSettings::record).orElse(List.of());
    }

    /** Words for people, on standard error. */
    void say(String words) {
        progress.clear();
        terminal.err().println(words);
    }

    /** The answer as one JSON object. */
    void answer(JsonObject json) {
        var whole = new JsonObject().put("schema_version", SCHEMA_VERSION);
        json.members().forEach(whole::put);
        terminal.out().println(Json.prettyText(whole));
    }
}
