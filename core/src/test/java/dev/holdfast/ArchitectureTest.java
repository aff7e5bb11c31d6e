package dev.holdfast;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the package table of the design: which package may know which, and why the others are banned. */
class ArchitectureTest {
    private static final String ROOT = "dev.holdfast";
    private static final Set<String> FOR_ALL = Set.of("error", "run", "json");

    /** One row of the table; packages that do not exist yet have theirs already. */
    private record Row(String name, Set<String> mayImport, String because) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Row> TABLE = List.of(
            row(
                    "guard",
                    "a guard decides and takes back with the verbs themselves, so that it can do nothing a person could not",
                    "backup",
                    "restore",
                    "compare",
                    "verify",
                    "engine",
                    "repository",
                    "journal",
                    "project"),
            row(
                    "drill",
                    "a drill proves a backup by restoring it as anybody would; it must not capture or look after backups",
                    "restore",
                    "compare",
                    "verify",
                    "engine",
                    "repository",
                    "journal",
                    "project"),
            row(
                    "doctor",
                    "the doctor only looks: it must not be able to back up, restore or delete",
                    "engine",
                    "repository",
                    "journal",
                    "verify"),
            row(
                    "restore",
                    "a restore needs the safety backup and the comparison before it, and nothing that runs behind it",
                    "backup",
                    "compare",
                    "engine",
                    "repository",
                    "journal"),
            row(
                    "export",
                    "plain formats go out of backups and come in as backups; no live database is written to",
                    "engine",
                    "repository",
                    "backup"),
            row("compare", "comparing changes nothing, so it knows no verb that does", "engine", "repository"),
            row(
                    "backup",
                    "a backup must work where restore, verify and everything above them is broken",
                    "engine",
                    "repository",
                    "journal",
                    "project"),
            row("verify", "verify judges stored bytes alone, with no database at hand", "repository", "journal"),
            row(
                    "protect",
                    "a database is protected by its own marker, also where there is no backup and no repository",
                    "engine",
                    "repository",
                    "journal"),
            row("retention", "which backups go is decided by pure functions over facts that are handed in"),
            row("project", "what stands around a database is learned from it and its surroundings alone", "engine"),
            row(
                    "journal",
                    "a record is a sealed blob; it must be writable elsewhere when the repository cannot take it",
                    "repository",
                    "store"),
            row("config", "settings name sources, and know nothing of what is done to them", "repository", "schedule"),
            row("schedule", "what lets things happen by themselves is text, made of what is handed in"),
            row(
                    "repository",
                    "the format knows no table, row or page: engines hand it streams and opaque JSON",
                    "store"),
            row("engine", "the seam to database products must be implementable without knowing the repository"),
            row("store", "the seam to bytes knows nothing of what the bytes mean"),
            row("run", "a run is what all operations have in common, so it knows none of them"),
            row("error", "everything may fail, so what describes failure knows nothing"),
            row("json", "JSON values mean nothing by themselves"));

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackages(ROOT);

    private static Row row(String name, String because, String... mayImport) {
        return new Row(name, Set.of(mayImport), because);
    }

    static Stream<Row> table() {
        return TABLE.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void aPackageImportsOnlyWhatItsRowAllows(Row row) {
        rule(row).check(CORE);
    }

    private static ArchRule rule(Row row) {
        // error, run and json are open to all but to one another: run may fail and tell, json and error know nothing
        Stream<String> common = switch (row.name) {
            case "error", "json" -> Stream.empty();
            case "run" -> Stream.of("error");
            default -> FOR_ALL.stream();
        };
        String[] allowed = Stream.concat(Stream.of(row.name), Stream.concat(common, row.mayImport.stream()))
                .map(ArchitectureTest::inside)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> banned = resideInAPackage(inside(""))
                .and(DescribedPredicate.not(resideInAnyPackage(allowed)))
                .as("what the row of '%s' does not name", row.name);
        return noClasses()
                .that()
                .resideInAPackage(inside(row.name))
                .should()
                .dependOnClassesThat(banned)
                .because(row.because)
                .allowEmptyShould(true);
    }

    private static String inside(String name) {
        return name.isEmpty() ? ROOT + ".." : ROOT + "." + name + "..";
    }

    @Test
    void everyPackageHasARow() {
        Set<String> rows = TABLE.stream().map(Row::name).collect(Collectors.toSet());
        assertThat(CORE.stream().map(ArchitectureTest::firstPart).collect(Collectors.toSet()))
                .as("a package without a row may import anything, so give it one")
                .isSubsetOf(Stream.concat(rows.stream(), Stream.of("")).toList());
    }

    private static String firstPart(JavaClass each) {
        String name = each.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).split("\\.", -1)[0];
    }

    @Test
    void noPackagesFormACircle() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a circle of packages is one package that nobody can read alone")
                .check(CORE);
    }

    @Test
    void coreKnowsNoDatabaseDriver() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "org.sqlite.."))
                .because("drivers stand in engine modules: who backs up one product needs no driver of another")
                .check(CORE);
    }

    @Test
    void coreKnowsNoModuleAbove() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(inside("cli"), inside("postgres"), inside("bench"), "picocli.."))
                .because("the arrows go from the command line to the engines to core, and core knows nobody")
                .check(CORE);
    }

    @Test
    void typeNamesSayWhatATypeIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Common|Service|Processor|Handler|Impl|Base)(\\$.*)?")
                .andShould()
                .haveNameNotMatching(".*\\.(Data|Info)(\\$.*)?")
                .because("such an ending says nothing, and whatever fits nowhere else ends up there")
                .check(CORE);
    }

    /** Rules over no classes would all pass, and so would rules that cannot see a dependency. */
    @Test
    void theRulesSeeTheClassesAndCanFail() {
        assertThat(CORE.size()).isGreaterThan(80);
        for (String existing :
                List.of("backup", "repository", "store", "engine", "journal", "project", "run", "error", "json")) {
            assertThat(CORE.that(resideInAPackage(inside(existing))).size())
                    .as(existing)
                    .isGreaterThan(1);
        }
        assertThat(CORE.that(DescribedPredicate.describe(
                                "come from tests",
                                (JavaClass each) -> each.getSimpleName().endsWith("Test")))
                        .size())
                .isZero();
        var tooStrict = rule(row("repository", "without its row the format may not know the store"));
        assertThatThrownBy(() -> tooStrict.check(CORE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("without its row");
    }
}
