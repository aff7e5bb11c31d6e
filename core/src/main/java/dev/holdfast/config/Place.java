package dev.holdfast.config;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A place in a config file, as editors and compilers name it: {@code file:line:column}. */
record Place(Path file, int line, int column) {
    static Place of(Path file, Optional<Mark> mark) {
        return new Place(
                file,
                mark.map(each -> each.getLine() + 1).orElse(1),
                mark.map(each -> each.getColumn() + 1).orElse(1));
    }

    HoldfastException error(String what) {
        return new HoldfastException(ErrorCode.BAD_USAGE, this + ": " + what);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
