package dev.holdfast.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One way to do a work.
 *
 * @param before is run before each of its turns and not timed: it makes the field clean
 * @param commands are timed together, one after the other
 * @param left the bytes that a turn left behind, asked when it has ended
 */
record Contender(String name, Runnable before, List<List<String>> commands, Supplier<Optional<Long>> left) {
    static Contender of(String name, Runnable before, List<String> command, Supplier<Optional<Long>> left) {
        return new Contender(name, before, List.of(command), left);
    }
}
