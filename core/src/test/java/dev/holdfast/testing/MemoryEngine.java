package dev.holdfast.testing;

import dev.holdfast.engine.BackupText;
import dev.holdfast.engine.Database;
import dev.holdfast.engine.Dump;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.Sandbox;
import dev.holdfast.engine.SandboxOrder;
import dev.holdfast.engine.Watch;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The product whose databases are in memory: {@code memory:NAME} is one of those that were handed in. */
public final class MemoryEngine implements Engine {
    private static final String SCHEME = "memory:";

    private final List<MemoryDatabase> databases;

    public MemoryEngine(MemoryDatabase... databases) {
        this.databases = List.of(databases);
    }

    @Override
    public boolean understands(String url) {
        return url.startsWith(SCHEME);
    }

    @Override
    public Optional<String> databaseName(String url) {
        return Optional.of(url.substring(SCHEME.length()));
    }

    @Override
    public BackupText text(JsonObject database) {
        return new MemoryText();
    }

    @Override
    public Database connect(Run run, String url) {
        return databases.stream()
                .filter(database -> database.address().equals(url))
                .findFirst()
                .orElseThrow(() -> new HoldfastException(ErrorCode.UNREACHABLE, url + ": no such database"));
    }

    @Override
    public Database connect(Run run, String url, String database) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Database connectBeside(Run run, String url) {
        return connectServer(run, url);
    }

    @Override
    public Database connectServer(Run run, String url) {
        return databases.get(0);
    }

    @Override
    public Watch watch(Run run, String url, String doing) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Sandbox sandbox(Run run, SandboxOrder order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Dump dump(Path file) {
        throw new UnsupportedOperationException();
    }
}
