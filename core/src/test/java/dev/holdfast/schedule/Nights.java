package dev.holdfast.schedule;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What tests let happen by itself. */
final class Nights {
    static final Cron DAILY = Cron.parse("30 1 * * *");
    static final Cron SUNDAYS = Cron.parse("0 4 * * 0");

    private Nights() {}

    /** By a config file with a variable, in folders with names that are hard to write. */
    static Nightly named(Path program, Cron backup, Cron drill) {
        Path odd = Path.of("/srv/a b/50% \"it's\" $HOME \\");
        return new Nightly(
                "shop",
                backup,
                drill,
                Optional.of(new Nightly.Config(Path.of("/srv/shop/holdfast.yml"), Optional.of("conf/holdfast.yml"))),
                Set.of("SHOP_PASSWORD"),
                here(
                        program,
                        odd,
                        List.of("--config", "/srv/shop/holdfast.yml", "--db", "shop", "--repository", odd + "/r")));
    }

    /** By a URL. */
    static Nightly byUrl(Path program) {
        return new Nightly(
                "shop.db",
                DAILY,
                SUNDAYS,
                Optional.empty(),
                Set.of(),
                here(program, Path.of("/"), List.of("--db", "postgresql://app@h/shop.db", "--repository", "/srv/r")));
    }

    private static Nightly.Here here(Path program, Path folder, List<String> options) {
        return new Nightly.Here(
                List.of(program.toString()),
                folder,
                options,
                Map.of("PATH", "/opt/a b/50%:/bin"),
                Path.of("/var/lib/state"),
                new Nightly.Who("root", "Europe/Vienna"));
    }
}
