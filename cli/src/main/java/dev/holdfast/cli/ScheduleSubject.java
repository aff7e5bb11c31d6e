package dev.holdfast.cli;

import dev.holdfast.config.Config;
import dev.holdfast.config.SourceSettings;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.error.Secrets;
import dev.holdfast.repository.SourceName;
import dev.holdfast.schedule.Cron;
import dev.holdfast.schedule.Nightly;
import dev.holdfast.schedule.Scheduler;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is to run by itself: which source, and how this very program reaches it. Secrets stay out. */
final class ScheduleSubject {
    /** These take the config file along to places where many can read it. */
    private static final Set<Scheduler> ELSEWHERE = Set.of(Scheduler.GITHUB, Scheduler.KUBERNETES);

    private final Context context;
    private final Settings settings;
    private final Scheduler scheduler;

    ScheduleSubject(Context context, Scheduler scheduler) {
        this.context = context;
        this.settings = context.settings();
        this.scheduler = scheduler;
    }

    Nightly nightly(Cron backup, Cron drill) {
        Optional<SourceSettings> source = settings.source();
        Optional<Config> file = source.flatMap(each -> settings.config());
        String name = source.map(each -> each.name().value()).orElseGet(this::nameOfDatabase);
        List<String> which = file.map(
                        config -> List.of("--config", config.file().toString(), "--db", name))
                .orElseGet(() -> List.of("--db", withoutPassword(context.url())));
        if (ELSEWHERE.contains(scheduler)) {
            file.ifPresent(config -> checkShareable(config, name));
        }
        return new Nightly(
                name,
                backup,
                drill,
                file.map(config -> new Nightly.Config(config.file(), inProject(config.file()))),
                source.map(SourceSettings::variables).orElse(Set.of()),
                here(Stream.concat(
                                which.stream(),
                                Stream.of(
                                        "--repository",
                                        context.repositoryFolder().toString()))
                        .toList()));
    }

    private String nameOfDatabase() {
        String url = context.url();
        return context.databaseName()
                .filter(name -> !url.isEmpty())
                .map(name -> SourceName.from(name).value())
                .orElseThrow(() -> new HoldfastException(
                                ErrorCode.BAD_USAGE, "no URL and no config file names the database to be scheduled")
                        .withHint("--db postgresql://user@host:5432/name; at night nobody has set the PG variables"));
    }

    private static String withoutPassword(String url) {
        if (!Secrets.hidden(url).equals(url)) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE, "the database URL holds a password, which would stand in a file")
                    .withHint("put it into ~/.pgpass of the user who runs it, or into a config file as ${VARIABLE}");
        }
        return url;
    }

    /** Only a password that comes from a variable stands nowhere in the file. */
    private static void checkShareable(Config config, String name) {
        String filler = "from-a-variable";
        SourceSettings source = config.filledWith(filler).source(name);
        if (!Secrets.hidden(source.url()).equals(source.url().replace(":" + filler + "@", ":***@"))) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            "the url of source '" + name + "' in " + config.file()
                                    + " holds a password, and the file would be read by others")
                    .withHint("write ${PGPASSWORD_"
                            + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")
                            + "} there, say, or leave the password out: PGPASSWORD is looked at, too");
        }
        Stream.concat(Stream.of(source.drill().sandbox()), source.guard().health().stream())
                .filter(text -> !Secrets.hidden(text).equals(text))
                .findFirst()
                .ifPresent(text -> {
                    throw new HoldfastException(
                                    ErrorCode.BAD_USAGE,
                                    "what " + config.file() + " says of drills or guards of source '" + name
                                            + "' holds a password, and the file would be read by others")
                            .withHint("leave the password out: " + Secrets.hidden(text));
                });
    }

    private static Optional<String> inProject(Path file) {
        for (Path top = file.getParent(); top != null; top = top.getParent()) {
            if (Files.exists(top.resolve(".git"))) {
                return Optional.of(top.relativize(file).toString().replace(File.separatorChar, '/'));
            }
        }
        return Optional.empty();
    }

    private Nightly.Here here(List<String> options) {
        String zone = ZoneId.systemDefault().getId();
        return new Nightly.Here(
                program(),
                context.folder(),
                options,
                environment(),
                context.stateFolder(),
                new Nightly.Who(
                        System.getProperty("user.name", "root"),
                        zone.matches("[A-Za-z_]+/[A-Za-z_/+-]+") ? zone : "Etc/UTC"));
    }

    /** The launcher when it has started us; else what it would have started. */
    private static List<String> program() {
        String launcher = System.getProperty("holdfast.program", "");
        if (!launcher.isEmpty()) {
            return List.of(launcher);
        }
        try {
            Path here = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return Files.isRegularFile(here) ? List.of(java, "-jar", here.toString()) : List.of("holdfast");
        } catch (URISyntaxException e) {
            return List.of("holdfast");
        }
    }

    /** What the program needs to find others, as it stands here: at night nobody has logged in. */
    private Map<String, String> environment() {
        Map<String, String> all = context.environment();
        Map<String, String> needed = new TreeMap<>();
        Set<String> folders = new LinkedHashSet<>();
        for (String program : List.of("holdfast", "java", "pg_dump", "initdb")) {
            Stream.of(all.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                    .filter(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)))
                    .findFirst()
                    .ifPresent(folders::add);
        }
        folders.addAll(List.of("/usr/local/bin", "/usr/bin", "/bin"));
        needed.put("PATH", String.join(":", folders));
        for (String name : List.of("JAVA_HOME", "HOLDFAST_POSTGRES_BIN", "XDG_STATE_HOME", "PGPASSFILE")) {
            Optional.ofNullable(all.get(name))
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> needed.put(name, value));
        }
        return needed;
    }
}
