package dev.holdfast.cli.scenario;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.json.JsonObject;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import dev.holdfast.testing.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The script that lies in every repository, as somebody calls it who has nothing of ours.
 *
 * @param server where it restores, with that server's programs
 */
record Script(Path repository, TestServer server) {
    static final int RESTORED_BUT = 3;

    /** Without Python or zstd nothing is tested, which is printed. */
    Script {
        assumeTrue(Programs.isHere("python3", "restoring without Holdfast")
                && Programs.isHere("zstd", "restoring without Holdfast"));
    }

    /** Takes a backup; its name as the script wants it. */
    static String backup(TestDatabase database, Path repository) {
        JsonObject told =
                Cli.of(database, repository).run("backup", "--json").well().json();
        return told.string("source") + "/" + told.string("id");
    }

    /** The same with the programs of another major. */
    Programs.Result runWith(TestServer programs, String... words) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "PATH=" + programs.environment().get("PATH"),
                "PGHOST=127.0.0.1",
                "PGPORT=" + server.server().port(),
                "PGUSER=postgres",
                "python3",
                repository.resolve("restore-without-holdfast-1.py").toString()));
        command.addAll(List.of(words));
        return Programs.run(command);
    }

    Programs.Result run(String... words) {
        return runWith(server, words);
    }
}
