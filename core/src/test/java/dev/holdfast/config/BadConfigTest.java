package dev.holdfast.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A config file that is wrong is answered with one line that says where and what, and one that says what would be right. */
final class BadConfigTest {
    private static final String NAMES = "at most 63 of a-z 0-9 . _ - with a letter or digit first; not open";
    private static final String YAML =
            "indent with spaces; put values into quotes that begin with * & ! % @ [ { or hold ': ' or ' #'";

    @TempDir
    private Path folder;

    private static Arguments bad(String text, String message, String hint) {
        return Arguments.of(text, message, hint);
    }

    static Stream<Arguments> files() {
        String shop = "sources:\n  shop:\n    url: u\n";
        return Stream.of(
                bad(
                        "repositry: x",
                        ":1:1: unknown key 'repositry' in the file",
                        "did you mean repository? known: repository, sources"),
                bad("x: 1", ":1:1: unknown key 'x' in the file", "known: repository, sources"),
                bad(
                        shop + "    gaurd: {}",
                        ":4:5: unknown key 'gaurd' in source 'shop'",
                        "did you mean guard? known: drill, guard, record, schedule, url"),
                bad(
                        shop + "    drill: {minimum_row: 1}",
                        ":4:13: unknown key 'minimum_row' in drill of source 'shop'",
                        "did you mean minimum_rows? known: checks, minimum_rows, required_tables, sandbox"),
                bad(
                        shop + "    drill: {checks: [{sq: x}]}",
                        ":4:23: unknown key 'sq' in checks of drill of source 'shop'",
                        "did you mean sql? known: expect, sql"),
                bad(
                        "repository: a\nrepository: b",
                        ":2:1: key 'repository' stands twice in the file",
                        "it stands in line 1, too"),
                bad(
                        shop + "  shop:\n    url: v",
                        ":4:3: key 'shop' stands twice in sources",
                        "it stands in line 2, too"),
                bad(shop + "    url: v", ":4:5: key 'url' stands twice in source 'shop'", "it stands in line 3, too"),
                bad(
                        "sources:",
                        ":1:9: 'sources' in the file has no value",
                        "give it one, or leave the key out; null as a text is written in quotes"),
                bad(
                        "repository: ~",
                        ":1:13: 'repository' in the file has no value",
                        "give it one, or leave the key out; null as a text is written in quotes"),
                bad("repository: ~/b", ":1:1: a repository's ~ is for shells to replace", "repository: ${HOME}/..."),
                bad("repository: ''", ":1:13: repository is empty", "give it a value, or leave the key out"),
                bad("repository: [a, b]", ":1:13: repository is not a text", "a text with { or [ is written in quotes"),
                bad("just words", ":1:1: the file is not a list of keys with values", "key: value"),
                bad("- a\n- b", ":1:1: the file is not a list of keys with values", "key: value"),
                bad("sources: [shop]", ":1:10: sources is not a list of keys with values", "key: value"),
                bad(
                        "sources:\n  shop: postgresql://h/shop",
                        ":2:9: source 'shop' is not a list of keys with values",
                        "key: value"),
                bad(
                        "sources:\n  shop: {record: x}",
                        ":2:3: source 'shop' has no url",
                        "url: postgresql://user@host:5432/database"),
                bad("sources:\n  Shop: {url: u}", ":2:3: 'Shop' cannot be a source's name", NAMES),
                bad("sources:\n  ../up: {url: u}", ":2:3: '../up' cannot be a source's name", NAMES),
                bad("sources:\n  open: {url: u}", ":2:3: 'open' cannot be a source's name", NAMES),
                bad("sources:\n  ? [a, b]\n  : {url: u}", ":2:5: a key in sources is not a word", "key: value"),
                bad(
                        shop + "    record: [[a]]",
                        ":4:14: record of source 'shop' is not a text",
                        "a text with { or [ is written in quotes"),
                bad(
                        shop + "    record: [a, ]\n    guard: {checks: [a, null]}",
                        ":5:25: 'checks' in guard of source 'shop' has no value",
                        "give it one, or leave the key out; null as a text is written in quotes"),
                bad(
                        shop + "    drill: {minimum_rows: {orders: many}}",
                        ":4:36: 'many' is not a number of rows",
                        "a whole number without separators"),
                bad(
                        shop + "    drill: {minimum_rows: {orders: -1}}",
                        ":4:36: '-1' is not a number of rows",
                        "a whole number without separators"),
                bad(
                        shop + "    drill: {checks: {sql: x}}",
                        ":4:21: checks of drill of source 'shop' is not a list",
                        "[{key: value}, {key: value}]"),
                bad(
                        shop + "    drill: {checks: [{expect: x}]}",
                        ":4:22: a check has no sql",
                        "{sql: \"SELECT ...\", expect: true}"),
                bad(
                        shop + "    guard: {on_failure: rolback}",
                        ":4:25: 'rolback' is nothing that can be done on failure",
                        "did you mean rollback? known: ask, keep, rollback"),
                bad(
                        shop + "    guard: {health: 'echo ${HOME:-x}'}",
                        ":4:21: '${' is not followed by the name of a variable and '}'",
                        "${NAME} is replaced by the variable NAME; $${ leaves ${ to the shell or the server"),
                bad(
                        shop + "    schedule: {backup: 0 0 30 2 *}",
                        ":4:24: '0 0 30 2 *' is not a cron time: such a day never comes",
                        "minute hour day month weekday: '30 1 * * *' is each day at 01:30, '0 4 * * 0' each Sunday at 04:00"),
                bad(
                        "repository: !!java.io.File x",
                        ":1:13: the tag tag:yaml.org,2002:java.io.File means nothing here",
                        "a text that begins with ! is written in quotes"),
                bad("repository: a: b", ":1:14: not YAML: mapping values are not allowed here", YAML),
                bad(
                        "sources:\n\tshop: {}",
                        ":2:1: not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)",
                        YAML),
                bad("repository: *nosuch", ":1:13: not YAML: found undefined alias nosuch", YAML),
                bad("a: 1\n---\nb: 2", ":2:1: not YAML: but found another document", YAML));
    }

    private HoldfastException error(byte[] text) throws IOException {
        Path file = Files.write(folder.resolve("holdfast.yml"), text);
        HoldfastException error = catchThrowableOfType(HoldfastException.class, () -> Config.read(file, Map.of()));
        assertThat(error).as("is refused").isNotNull();
        assertThat(error.code()).isEqualTo(ErrorCode.BAD_USAGE);
        return error;
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachIsAnsweredInOneLine(String text, String message, String hint) throws IOException {
        HoldfastException error = error(text.getBytes(ISO_8859_1));
        assertThat(error.getMessage()).isEqualTo(folder.resolve("holdfast.yml") + message);
        assertThat(error.hint()).contains(hint);
    }

    @Test
    void aliasesThatExplodeAreRefused() throws IOException {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            text.append("a%d: &a%d [%s]\n"
                    .formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9).replaceAll(", $", "")));
        }
        assertThat(error(text.toString().getBytes(ISO_8859_1)))
                .hasMessage(folder.resolve("holdfast.yml")
                        + ": not YAML: Number of aliases for non-scalar nodes exceeds the specified max=50");
    }

    @Test
    void whatHoldsItselfIsRefused() throws IOException {
        error("sources: &all {shop: *all}".getBytes(ISO_8859_1));
        error("&all {sources: *all}".getBytes(ISO_8859_1));
        error("sources: {shop: {url: u, record: &all [*all]}}".getBytes(ISO_8859_1));
        error(("repository: " + "[".repeat(20_000)).getBytes(ISO_8859_1));
    }

    @Test
    void aSecretOnALineThatIsWrongIsNotRepeated() throws IOException {
        for (String text : Set.of(
                "sources:\n  shop:\n    url: \"postgresql://u:canary@h/shop\n",
                "sources:\n  shop:\n    url: postgresql://u:canary@h/shop: x\n",
                "sources:\n  shop:\n    url: [postgresql://u:canary@h/shop]\n",
                "sources:\n  shop:\n    url: %canary\n",
                "sources:\n  shop:\n    url: !canary\n  - x\n")) {
            HoldfastException error = error(text.getBytes(ISO_8859_1));
            if (!text.contains("!")) {
                assertThat(error.getMessage() + error.hint()).doesNotContain("canary");
            }
        }
    }

    @Test
    void whatIsNoFileOfTextIsSaidToBeNone() throws IOException {
        assertThat(error(new byte[] {'a', ':', ' ', (byte) 0xff}))
                .hasMessageEndingWith("holdfast.yml cannot be read: it is not UTF-8");
        assertThat(error("a: \u0000".getBytes(ISO_8859_1))).hasMessageContaining("not YAML");
        assertThat(error(new byte[2 << 20])).hasMessageEndingWith("it is longer than 1 MB");
        assertThatThrownBy(() -> Config.read(folder, Map.of())).hasMessageEndingWith("it is not a file");
        assertThatThrownBy(() -> Config.read(folder.resolve("nosuch"), Map.of()))
                .hasMessageEndingWith("it is not there");
    }
}
