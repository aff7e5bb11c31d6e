package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.HoldfastException;
import dev.holdfast.schedule.Cron;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a config file is what a person meant by it. */
final class ConfigTest {
    private static final String PASSWORD = "canary-5Hx!k";

    @TempDir
    private Path folder;

    private Config config(String text, Map<String, String> environment) {
        try {
            return Config.read(Files.writeString(folder.resolve("holdfast.yml"), text), environment);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Config config(String text) {
        return config(text, Map.of());
    }

    @Test
    void theExampleOfThePageSaysWhatThePageSays() throws IOException {
        String page = Files.readString(Path.of("../docs/config.md"));
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        Config config = config(page.substring(begin, page.indexOf("```", begin)), Map.of("BLOG_PASSWORD", "x"));
        assertThat(config.repository()).contains(folder.resolve("backups"));
        assertThat(config.names()).containsExactly("shop", "blog");
        SourceSettings shop = config.source("shop");
        assertThat(shop.url()).isEqualTo("postgresql://app@db.example/shop");
        assertThat(shop.record()).containsExactly("SELECT count(*) FROM orders");
        assertThat(shop.drill())
                .isEqualTo(new DrillSettings(
                        List.of("users", "orders"),
                        Map.of("orders", 1000L),
                        List.of(new DrillSettings.Check("SELECT count(*) > 0 FROM orders", "true")),
                        "auto"));
        assertThat(shop.guard())
                .isEqualTo(new GuardSettings(
                        Optional.of(GuardSettings.OnFailure.ASK),
                        List.of("curl -fsS http://localhost:8080/health"),
                        List.of("SELECT count(*) > 0 FROM orders")));
        assertThat(shop.schedule())
                .isEqualTo(new ScheduleSettings(
                        Optional.of(Cron.parse(ScheduleSettings.BACKUP)),
                        Optional.of(Cron.parse(ScheduleSettings.DRILL))));
        SourceSettings blog = config.source("blog");
        assertThat(blog.url()).isEqualTo("postgresql://blog:x@db.example/blog");
        assertThat(blog.variables()).containsExactly("BLOG_PASSWORD");
        assertThat(blog.record()).isEmpty();
        assertThat(blog.drill()).isEqualTo(DrillSettings.NONE);
        assertThat(blog.guard()).isEqualTo(GuardSettings.NONE);
        assertThat(blog.schedule()).isEqualTo(ScheduleSettings.NONE);
    }

    @Test
    void everyKeyThatIsKnownStandsOnThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/config.md"));
        assertThatThrownBy(() -> config("sources: {a: {url: u, nosuch: x}}")).satisfies(e -> {
            String hint = ((HoldfastException) e).hint().orElseThrow();
            for (String key : hint.substring("known: ".length()).split(", ", -1)) {
                assertThat(page).contains(key + ":").containsPattern("`" + key + "[`.]");
            }
        });
    }

    @Test
    void aFileWithNothingInItSaysNothing() {
        for (String text : List.of("", "# only a comment\n", "---\n")) {
            Config config = config(text);
            assertThat(config.repository()).isEmpty();
            assertThat(config.names()).isEmpty();
        }
    }

    @Test
    void aVariableIsFilledInWhereItIsMeantAndAnyOtherDollarStays() {
        Config config = config("""
                repository: ${WHERE}/backups
                sources:
                  shop:
                    url: "postgresql://${USER_NAME}@${HOST}/shop"
                    guard: {health: ["echo $1 $HOME $$ $${HOME}", "${EMPTY}x"], checks: "SELECT $$a$$ = '${HOST}'"}
                """, Map.of("WHERE", "/mnt/a b", "USER_NAME", "me", "HOST", "h$1", "EMPTY", ""));
        assertThat(config.repository()).contains(Path.of("/mnt/a b/backups"));
        SourceSettings shop = config.source("shop");
        assertThat(shop.url()).isEqualTo("postgresql://me@h$1/shop");
        assertThat(shop.guard().health()).containsExactly("echo $1 $HOME $$ ${HOME}", "x");
        assertThat(shop.guard().checks()).containsExactly("SELECT $$a$$ = 'h$1'");
        assertThat(shop.variables()).containsExactlyInAnyOrder("USER_NAME", "HOST", "EMPTY");
    }

    @Test
    void aVariableThatIsNotSetMattersOnlyToWhoeverNeedsIt() {
        Config config = config("""
                repository: ${NOWHERE}
                sources:
                  shop: {url: "postgresql://h/shop"}
                  blog: {url: "postgresql://b:${SECRET}@h/blog", drill: {minimum_rows: {posts: "${MANY}"}}}
                """);
        assertThat(config.source("shop").url()).isEqualTo("postgresql://h/shop");
        assertThatThrownBy(() -> config.source("blog"))
                .hasMessage(config.file() + ":4:15: the variable SECRET is not set");
        assertThatThrownBy(config::repository).hasMessage(config.file() + ":1:13: the variable NOWHERE is not set");
    }

    @Test
    void whatStandsInOnePlaceMayBeSaidAgainInAnother() {
        Config config = config("""
                sources:
                  shop: {url: "postgresql://h/shop", guard: &usual {on_failure: keep}}
                  blog: {url: "postgresql://h/blog", guard: *usual}
                """);
        assertThat(config.source("blog").guard())
                .isEqualTo(config.source("shop").guard());
    }

    @Test
    void aRepositoryIsMeantFromTheFileAndAnAbsoluteOneIsItself() {
        assertThat(config("repository: ../up").repository()).contains(folder.resolveSibling("up"));
        assertThat(config("repository: /srv/b").repository()).contains(Path.of("/srv/b"));
    }

    @Test
    void aSourceThatIsNotThereIsAnsweredWithThoseThatAre() {
        Config config = config("sources: {shop: {url: u}, blog: {url: u}}");
        assertThatThrownBy(() -> config.source("shpo"))
                .hasMessage("'shpo' is not a source of " + config.file())
                .satisfies(e ->
                        assertThat(((HoldfastException) e).hint()).contains("did you mean shop? known: blog, shop"));
    }

    @Test
    void aPasswordIsInNoText() {
        SourceSettings shop = config("sources: {shop: {url: \"postgresql://u:" + PASSWORD + "@h/shop\"}}")
                .source("shop");
        assertThat(shop.url()).contains(PASSWORD);
        assertThat(shop.toString()).isEqualTo("shop at postgresql://u:***@h/shop");
    }
}
