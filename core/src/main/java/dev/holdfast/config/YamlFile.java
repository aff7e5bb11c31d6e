package dev.holdfast.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A file's YAML as a tree of texts with their places; nothing that it says makes an object of any other class. */
final class YamlFile {
    private static final long LONGEST = 1 << 20;
    private static final String HINT =
            "indent with spaces; put values into quotes that begin with * & ! % @ [ { or hold ': ' or ' #'";

    private YamlFile() {}

    /** The tree; empty when there is nothing in the file but comments. */
    static Optional<Node> read(Path file) {
        String text = text(file);
        var settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowNonScalarKeys(true) // refused where their place is known
                .build();
        try {
            return new Compose(settings)
                    .composeString(text)
                    .filter(node -> !node.getTag().equals(Tag.NULL));
        } catch (MarkedYamlEngineException e) { // its own message repeats the line, and with it what is secret there
            throw Place.of(file, e.getProblemMark().or(e::getContextMark))
                    .error("not YAML: " + e.getProblem().replace('\n', ' '))
                    .withHint(HINT);
        } catch (StackOverflowError e) {
            throw new HoldfastException(ErrorCode.BAD_USAGE, file + ": not YAML: brackets within too many brackets", e)
                    .withHint(HINT);
        } catch (YamlEngineException e) {
            throw new HoldfastException(
                            ErrorCode.BAD_USAGE,
                            file + ": not YAML: "
                                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " "))
                    .withHint(HINT);
        }
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw unreadable(file, Files.exists(file) ? "it is not a file" : "it is not there");
        }
        try {
            if (Files.size(file) > LONGEST) {
                throw unreadable(file, "it is longer than 1 MB");
            }
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8");
        } catch (IOException e) {
            throw unreadable(file, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static HoldfastException unreadable(Path file, String why) {
        return new HoldfastException(ErrorCode.BAD_USAGE, "config file " + file + " cannot be read: " + why)
                .withHint("name another one with --config or HOLDFAST_CONFIG");
    }
}
