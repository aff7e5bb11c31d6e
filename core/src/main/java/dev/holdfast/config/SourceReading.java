package dev.holdfast.config;

import dev.holdfast.config.DrillSettings.Check;
import dev.holdfast.config.GuardSettings.OnFailure;
import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.repository.SourceName;
import dev.holdfast.schedule.Cron;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what stands under the name of one source. */
final class SourceReading {
    private static final Set<String> KEYS = Set.of("url", "record", "drill", "guard", "schedule");
    private static final Set<String> DRILL = Set.of("required_tables", "minimum_rows", "checks", "sandbox");
    private static final Set<String> CHECK = Set.of("sql", "expect");
    private static final Set<String> SCHEDULE = Set.of("backup", "drill");
    private static final Set<String> GUARD = Set.of("on_failure", "health", "checks");

    private SourceReading() {}

    /**
     * @param sources what holds it under its name
     * @param variables of this source alone
     */
    static SourceSettings read(Section sources, String name, Variables variables) {
        Place place = sources.place(name);
        if (!SourceName.isValid(name)) {
            throw place.error("'" + name + "' cannot be a source's name")
                    .withHint("at most 63 of a-z 0-9 . _ - with a letter or digit first; not open");
        }
        Section source = sources.named(name, "source '" + name + "'", KEYS, variables);
        String url = source.text("url")
                .orElseThrow(() -> place.error("source '" + name + "' has no url")
                        .withHint("url: postgresql://user@host:5432/database"));
        return new SourceSettings(
                new SourceName(name),
                url,
                source.texts("record"),
                source.section("drill", DRILL).map(SourceReading::drill).orElse(DrillSettings.NONE),
                source.section("guard", GUARD).map(SourceReading::guard).orElse(GuardSettings.NONE),
                source.section("schedule", SCHEDULE)
                        .map(SourceReading::schedule)
                        .orElse(ScheduleSettings.NONE),
                variables.names());
    }

    private static DrillSettings drill(Section drill) {
        Map<String, Long> minimum = new LinkedHashMap<>();
        drill.section("minimum_rows", Set.of())
                .ifPresent(rows -> rows.keys()
                        .forEach(table -> rows.parsed(table, SourceReading::count)
                                .ifPresent(count -> minimum.put(table, count))));
        return new DrillSettings(
                drill.texts("required_tables"),
                minimum,
                drill.sections("checks", CHECK).stream()
                        .map(SourceReading::check)
                        .toList(),
                drill.text("sandbox").orElse(DrillSettings.ANY_SANDBOX));
    }

    private static Check check(Section check) {
        String sql = check.text("sql")
                .orElseThrow(() ->
                        check.start().error("a check has no sql").withHint("{sql: \"SELECT ...\", expect: true}"));
        return new Check(sql, check.text("expect").orElse(Check.YES));
    }

    private static GuardSettings guard(Section guard) {
        return new GuardSettings(
                guard.parsed("on_failure", SourceReading::onFailure), guard.texts("health"), guard.texts("checks"));
    }

    private static ScheduleSettings schedule(Section schedule) {
        return new ScheduleSettings(schedule.parsed("backup", Cron::parse), schedule.parsed("drill", Cron::parse));
    }

    private static long count(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw bad("'" + text + "' is not a number of rows").withHint("a whole number without separators");
        }
        return Long.parseLong(text);
    }

    private static OnFailure onFailure(String text) {
        return OnFailure.of(text)
                .orElseThrow(() -> bad("'" + text + "' is nothing that can be done on failure")
                        .withHint(Spelling.hint(text, List.of("rollback", "ask", "keep"))));
    }

    private static HoldfastException bad(String what) {
        return new HoldfastException(ErrorCode.BAD_USAGE, what);
    }
}
