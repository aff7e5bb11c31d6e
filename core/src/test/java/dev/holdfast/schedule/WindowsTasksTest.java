package dev.holdfast.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The tasks are XML, and their triggers, read as Windows documents them, come when cron would. No Windows was asked. */
final class WindowsTasksTest {
    private static final LocalDateTime BEGIN = LocalDateTime.of(2027, 1, 31, 12, 0);

    private static Document task(Cron at) throws Exception {
        Nightly nightly = Nights.named(Path.of("C:\\Program Files\\é\\java.exe"), at, Nights.SUNDAYS);
        String text = Scheduler.WINDOWS.files(nightly).files().get(0).text();
        assertThat(text).matches("\\p{ASCII}*").startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static List<Element> elements(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .map(Element.class::cast)
                .toList();
    }

    private static Set<String> children(Element in, String name) {
        return elements(in, name).stream()
                .flatMap(list -> elements(list, "*").stream())
                .map(each -> each.getTagName().equals("Day") ? each.getTextContent() : each.getTagName())
                .collect(Collectors.toSet());
    }

    /** A whole day's word for each kind of trigger. */
    private static boolean comesOn(LocalDate day, Element trigger) {
        String weekday = day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        String month = day.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        Element kind = elements(trigger, "*").stream()
                .filter(each -> each.getTagName().startsWith("ScheduleBy"))
                .findFirst()
                .orElseThrow();
        return switch (kind.getTagName()) {
            case "ScheduleByDay" -> true;
            case "ScheduleByWeek" -> children(kind, "DaysOfWeek").contains(weekday);
            case "ScheduleByMonth" ->
                children(kind, "Months").contains(month)
                        && children(kind, "DaysOfMonth").contains("" + day.getDayOfMonth());
            case "ScheduleByMonthDayOfWeek" -> {
                assertThat(elements(kind, "Week").stream().map(Element::getTextContent))
                        .as("each week that a month can have")
                        .containsExactly("1", "2", "3", "4", "Last");
                yield children(kind, "Months").contains(month)
                        && children(kind, "DaysOfWeek").contains(weekday);
            }
            default -> throw new AssertionError(kind.getTagName());
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30 1 * * *",
                "0,30 8-12 * * *",
                "0 4 * * 0",
                "0 4 * * mon-fri",
                "59 23 28-31 * *",
                "0 0 29 2 *",
                "0 4 13 * fri",
                "0 4 * 1,7 sun",
                "0 4 1 1 sat"
            })
    void aTriggerComesWhenCronWouldLetItCome(String text) throws Exception {
        Cron cron = Cron.parse(text);
        List<LocalDateTime> times = new ArrayList<>();
        for (Element trigger : elements(task(cron).getDocumentElement(), "CalendarTrigger")) {
            LocalTime at = LocalDateTime.parse(
                            elements(trigger, "StartBoundary").get(0).getTextContent())
                    .toLocalTime();
            for (LocalDate day = BEGIN.toLocalDate(); day.getYear() < 2030; day = day.plusDays(1)) {
                if (comesOn(day, trigger)) {
                    times.add(day.atTime(at));
                }
            }
        }
        List<LocalDateTime> all =
                times.stream().distinct().filter(BEGIN::isBefore).sorted().toList();
        assertThat(all).isNotEmpty().isEqualTo(CronTimes.after(BEGIN, cron, all.size()));
    }

    @Test
    void theWordsOfTheCommandStayWhole() throws Exception {
        Element task = task(Nights.DAILY).getDocumentElement();
        assertThat(task.getAttribute("version")).isEqualTo("1.2");
        assertThat(elements(task, "Command").get(0).getTextContent()).isEqualTo("C:\\Program Files\\é\\java.exe");
        assertThat(elements(task, "Arguments").get(0).getTextContent())
                .isEqualTo("backup --quiet --kind scheduled --config /srv/shop/holdfast.yml --db shop --repository"
                        + " \"/srv/a b/50% \\\"it's\\\" $HOME \\/r\"");
    }

    @Test
    void moreTimesThanATaskCanHaveAreRefused() {
        assertThatThrownBy(() -> task(Cron.parse("*/15 * * * *")))
                .hasMessage("'0,15,30,45 * * * *' needs 96 triggers of Windows, and a task has 48 at most");
    }
}
