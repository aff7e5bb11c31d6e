package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.run.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** What the guide tells people to type is understood by the program. */
final class GuideTest {
    private static final Path GUIDE = Path.of("../docs/guide");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern INLINE = Pattern.compile("`(?:[A-Z_]+=\\S+ )?(holdfast [^`]+)`");

    static Stream<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        try (Stream<Path> pages = Files.list(GUIDE)) {
            for (Path page : pages.sorted().toList()) {
                String text = Files.readString(page);
                text.lines().filter(line -> line.startsWith("holdfast ")).forEach(commands::add);
                Matcher inline = INLINE.matcher(text);
                while (inline.find()) {
                    commands.add(inline.group(1));
                }
            }
        }
        return commands.stream().distinct();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandIsUnderstood(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command.substring("holdfast ".length()));
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        var terminal = new Terminal(System.out, System.err, false);
        var program = new Program(Map.of(), Path.of("/"), terminal, RunListener.SILENT);
        ParseResult parsed = program.commandLine().parseArgs(words.toArray(String[]::new));
        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @Test
    void everyPageIsInTheList() throws IOException {
        String list = Files.readString(GUIDE.resolve("README.md"));
        try (Stream<Path> pages = Files.list(GUIDE)) {
            pages.map(page -> page.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .forEach(name -> assertThat(list).contains("(" + name + ")"));
        }
    }
}
