package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.postgres.PgPrograms;
import dev.holdfast.postgres.PrivateFolder;
import dev.holdfast.postgres.ThrowawayServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code holdfast demo}. */
@Command(
        name = "demo",
        description =
                "Tell the whole story on a throw-away PostgreSQL: fill a shop, back it up, verify, restore it beside,"
                        + " show that it is equal, guard a migration that goes wrong, take it back, clean up. Touches no database"
                        + " of yours.",
        mixinStandardHelpOptions = true,
        footer = {"", "Needs PostgreSQL's server programs on this machine. Example: holdfast demo"})
final class DemoCommand implements Callable<Integer> {
    private static final String EVERYTHING = "SELECT count(*) AS purchases, sum(quantity) AS pieces,"
            + " md5(array_agg(u ORDER BY id)::text) AS all_rows FROM purchase u";

    private static final String MIGRATION = """
            DELETE FROM customer WHERE id % 7 = 0;  -- their purchases go with them
            UPDATE product SET price = price - 5;   -- no price may be below 0
            """;
    private static final int PSQL_FAILED = 3;

    private final Context context;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path programs = programs();
        say("Starting a throw-away PostgreSQL with the programs in " + programs);
        try (var folder = new PrivateFolder("demo");
                ThrowawayServer server = ThrowawayServer.start(programs, Map.of())) {
            tell(new DemoShell(context, programs, folder.path(), server.port()), folder.path());
            say("Stopping the server and removing " + folder.path());
        }
        say("Done: nothing is left behind.");
        return ExitCode.DONE;
    }

    private void tell(DemoShell shell, Path folder) {
        Path script = writeShop(folder);
        say("");
        say("A small shop:");
        shell.program("createdb", "shop");
        shell.program("psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString(), "shop");
        say("");
        say("Back it up. The id comes when every stored byte has been read back:");
        shell.holdfast("backup", "-m", "before the release");
        shell.holdfast("list");
        say("");
        say("Bring it back as another database. It has its name only once every table was read again and is equal:");
        shell.holdfast("restore", "latest", "--into", "shop_copy");
        say("");
        say("Do not take our word for it; ask both databases:");
        String original = shell.program("psql", "-c", EVERYTHING, "shop");
        String copy = shell.program("psql", "-c", EVERYTHING, "shop_copy");
        if (!original.equals(copy)) {
            throw new HoldfastException(ErrorCode.NOT_EQUAL, "the two answers differ");
        }
        say("The answers are the same.");
        say("");
        say("And a second backup of an unchanged database stores no row twice:");
        shell.holdfast("backup");
        say("");
        say("A migration is to be run. It has two statements, and the second one will fail when the first is done:");
        Path migration = write(folder.resolve("migration.sql"), MIGRATION);
        shell.print(migration, MIGRATION);
        say("");
        say("Behind a guard there is a backup first, and afterwards it is said what has really changed:");
        shell.holdfast(PSQL_FAILED, "guard", "--", "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", migration.toString());
        say("");
        say("Half of it was committed. It is taken back, in place: only those rows are written, in one transaction:");
        shell.holdfast("rollback", "--yes");
        if (!original.equals(shell.program("psql", "-c", EVERYTHING, "shop"))) {
            throw new HoldfastException(ErrorCode.NOT_EQUAL, "the shop is not as it was");
        }
        say("The shop is as it was. And what the migration did is kept: even that can be had back.");
        say("");
        say("Is every stored byte still right?");
        shell.holdfast("verify");
        say("");
        say("And does a backup really come back? In another server, made for this and thrown away:");
        shell.holdfast("drill", "latest", "--check", "SELECT count(*) > 0 FROM purchase");
        say("");
    }

    private void say(String words) {
        context.terminal().out().println(words);
    }

    /** The newest server programs that come with the clients the story needs. */
    private Path programs() {
        return new PgPrograms(context.environment())
                .serverFolders().values().stream()
                        .reduce((older, newer) -> newer)
                        .orElseThrow(() -> new HoldfastException(
                                        ErrorCode.PROGRAM_MISSING, "PostgreSQL's server programs were not found")
                                .withHint(
                                        "install PostgreSQL (Debian: apt-get install postgresql), or name the folder of"
                                                + " initdb in HOLDFAST_POSTGRES_BIN"));
    }

    private static Path writeShop(Path folder) {
        try (InputStream in = DemoCommand.class.getResourceAsStream("shop.sql")) {
            if (in == null) {
                throw new HoldfastException(ErrorCode.INTERNAL, "resource shop.sql is missing");
            }
            return write(folder.resolve("shop.sql"), new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.INTERNAL, "resource shop.sql cannot be read", e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new HoldfastException(ErrorCode.STORE_FAILED, "writing " + file + ": " + e.getMessage(), e);
        }
    }
}
