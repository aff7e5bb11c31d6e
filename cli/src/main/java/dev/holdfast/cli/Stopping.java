package dev.holdfast.cli;

import dev.holdfast.guard.Command;
import dev.holdfast.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Signals while a command is guarded. As long as it runs they are the command's: it decides what they mean, and what it did is looked at
 * afterwards. Before and after, they stop our own run. Close gives them back.
 */
final class Stopping implements AutoCloseable {
    private static final Map<String, Integer> EXITS = Map.of("INT", 130, "TERM", 143, "HUP", 129);

    private final Command command;
    private final boolean hasTerminal;
    private final List<Runnable> taken;
    private volatile Optional<Run> run = Optional.empty();
    private volatile Optional<String> last = Optional.empty();

    /**
     * @param hasTerminal whether a terminal sends what is typed to the command as well
     */
    Stopping(Command command, boolean hasTerminal) {
        this.command = command;
        this.hasTerminal = hasTerminal;
        this.taken = EXITS.keySet().stream()
                .flatMap(name -> Signals.take(name, () -> came(name)).stream())
                .toList();
    }

    /** The run that is stopped; at once, when a signal has come before it. */
    void of(Run stopped) {
        run = Optional.of(stopped);
        if (last.isPresent()) {
            stopped.interrupt();
        }
    }

    private void came(String name) {
        boolean isFirst = last.isEmpty();
        last = Optional.of(name);
        boolean isTheCommands = command.isRunning();
        if (!isTheCommands) {
            run.ifPresent(Run::interrupt); // first: what is signaled ends at once
        }
        if (!(name.equals("INT") && hasTerminal && isFirst)) {
            command.signal(name);
        }
        if (isTheCommands) {
            return;
        }
        var breaking = new Thread(this::breakOff, "holdfast-interrupt");
        breaking.setDaemon(true);
        breaking.start();
    }

    private void breakOff() {
        try {
            Thread.sleep(Interrupts.UNTIL_BROKEN_OFF.toMillis());
            run.ifPresent(Run::breakOff);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The exit code of a process that ends by the last signal that came; empty when none did. */
    Optional<Integer> exit() {
        return last.map(EXITS::get);
    }

    @Override
    public void close() {
        taken.forEach(Runnable::run);
    }
}
