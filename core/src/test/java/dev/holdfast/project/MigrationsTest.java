package dev.holdfast.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.json.JsonObject;
import dev.holdfast.run.Finding;
import dev.holdfast.run.Run;
import dev.holdfast.run.RunListener;
import dev.holdfast.testing.ManualClock;
import dev.holdfast.testing.MemoryTables;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables are taken for those of migration tools, and what is read out of them. What real tools wrote is told by the engine's tests. */
class MigrationsTest {
    private static final String FLYWAY =
            "installed_rank,version,description,type,script,checksum,installed_by,installed_on,execution_time,success";

    private final MemoryTables tables = new MemoryTables();
    private final Run run = new Run(ManualClock.inJanuary(), RunListener.SILENT);

    private List<JsonObject> read() {
        return Migrations.json(tables, run);
    }

    private JsonObject only() {
        List<JsonObject> read = read();
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    private static JsonObject state(String tool, String table, String latest, long applied) {
        return new JsonObject()
                .put("tool", tool)
                .put("table", table)
                .put("latest", latest)
                .put("applied", applied)
                .put("failed", 0);
    }

    private static String flyway(int rank, String version, String type, boolean success) {
        return rank + "," + version + ",words," + type + ",script" + version + ",,,,," + success;
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', textBlock = """
            migrations            | id,migration,batch               | 1,2014_10_12_create_users,1
            migrations            | id,timestamp,name                | 1,2024-05-01,swallows
            migrations            | id,timestamp,name,species        | 1,1704110400000,Users1704110400000,swallow
            events                | id,timestamp,name                | 1,1704110400000,Users1704110400000
            schema_migrations     | version,inserted_at              | 1,2024-05-01
            schema_migrations     | id,version                       | 1,1
            versions              | version                          | 1
            cache                 | version,dirty                    | 1,true
            sequelize_people      | name                             | 20240101-users.js
            django_migrations     | id,app,name                      | 1,shop,0001_initial
            migrations_of_people  | id,app,name,applied              | 1,shop,0001_initial,2024-05-01
            adonis_schema         | id,name,batch,migration_time     | 1,users,1,2024-05-01
            _prisma_migrations    | id,migration_name                | 1,users
            alembic_version       | version_num,note                 | 1a2b,x
            diesel                | version,run_on                   | 1,2024-05-01
            goose_db_version      | id,version_id,is_applied         | 1,1,true
            flyway_schema_history | version,description,success      | 1,users,true
            """)
    void aTableThatIsNotQuiteATools(String name, String columns, String row) {
        tables.with("public", name, columns, row);
        assertThat(read()).isEmpty();
        assertThat(run.findings()).isEmpty();
    }

    @Test
    void tablesOfOneNameAreToldApartByTheirColumnsAndByWhatStandsBeside() {
        tables.with("a", "schema_migrations", "version", "20240101120000", "20240305090000")
                .with("a", "ar_internal_metadata", "key,value,created_at,updated_at", "environment,production,,")
                .with("b", "schema_migrations", "version", "20240101120000")
                .with("c", "schema_migrations", "version,dirty", "7,false");
        assertThat(read())
                .containsExactly(
                        state("rails", "a.schema_migrations", "20240305090000", 2),
                        state("dbmate-or-rails", "b.schema_migrations", "20240101120000", 1),
                        new JsonObject()
                                .put("tool", "golang-migrate")
                                .put("table", "c.schema_migrations")
                                .put("latest", "7")
                                .put("failed", 0));
    }

    @Test
    void severalToolsAndOneToolInSeveralSchemasAreAllTold() {
        tables.with("b", "flyway_schema_history", FLYWAY, flyway(1, "1", "SQL", true))
                .with("a", "flyway_schema_history", FLYWAY, flyway(1, "2", "SQL", true))
                .with("a", "knex_migrations", "id,name,batch,migration_time", "1,1_users.js,1,");
        assertThat(read())
                .containsExactly(
                        state("flyway", "a.flyway_schema_history", "2", 1),
                        state("knex", "a.knex_migrations", "1_users.js", 1),
                        state("flyway", "b.flyway_schema_history", "1", 1));
    }

    @Test
    void namesThatPeopleMayChooseAndSpellAsTheyLikeAreFound() {
        tables.with("a", "our_history", FLYWAY, flyway(1, "1", "SQL", true))
                .with("b", "__ef_migrations_history", "migration_id,product_version", "20240101_Users,8.0")
                .with(
                        "c",
                        "CHANGES",
                        "ID,AUTHOR,FILENAME,DATEEXECUTED,ORDEREXECUTED,EXECTYPE",
                        "1,ada,c.sql,,1,EXECUTED")
                .with("d", "revision", "version_num", "1a2b")
                .with("e", "sequelize_meta", "name,created_at,updated_at", "1-users.js,,");
        assertThat(read().stream().map(state -> state.string("tool") + " " + state.string("latest")))
                .containsExactly(
                        "flyway 1",
                        "ef-core 20240101_Users",
                        "liquibase c.sql::1::ada",
                        "alembic 1a2b",
                        "sequelize 1-users.js");
    }

    @Test
    void ofFlywayTheLastWordOnEachMigrationCounts() {
        tables.with(
                "public",
                "flyway_schema_history",
                FLYWAY,
                flyway(0, "", "SCHEMA", true),
                flyway(1, "1", "BASELINE", true),
                flyway(2, "1.9", "SQL", true),
                flyway(3, "1.10", "SQL", true),
                flyway(4, "", "SQL", true),
                flyway(5, "", "SQL", true),
                flyway(6, "3", "SQL", true),
                flyway(7, "3", "UNDO_SQL", true),
                flyway(8, "4", "JDBC", true),
                flyway(9, "4", "DELETE", true),
                flyway(10, "1.11", "SQL", false));
        assertThat(only())
                .isEqualTo(state("flyway", "public.flyway_schema_history", "1.10", 4)
                        .put("failed", 1)
                        .put("failed_versions", List.of("1.11")));
    }

    @Test
    void aPrismaMigrationThatWasRolledBackIsNeitherAppliedNorFailed() {
        tables.with(
                "public",
                "_prisma_migrations",
                "id,migration_name,started_at,finished_at,rolled_back_at",
                "1,1_users,t,t,",
                "2,2_orders,t,,t",
                "3,2_orders,t,t,");
        assertThat(only()).isEqualTo(state("prisma", "public._prisma_migrations", "2_orders", 2));
    }

    @Test
    void aToolThatHasAppliedNothingYetIsTold() {
        tables.with("public", "schema_migrations", "version")
                .with("public", "alembic_version", "version_num")
                .with("public", "migrations", "id,timestamp,name");
        assertThat(read().stream().map(state -> state.string("tool") + " " + state.has("latest")))
                .containsExactly("alembic false", "typeorm false", "dbmate-or-rails false");
    }

    @Test
    void aLockThatIsHeldIsTold() {
        tables.with("a", "knex_migrations", "id,name,batch,migration_time", "1,1_users.js,1,")
                .with("a", "knex_migrations_lock", "index,is_locked", "1,1")
                .with("b", "knex_migrations", "id,name,batch,migration_time", "1,1_users.js,1,")
                .with("b", "knex_migrations_lock", "index,is_locked", "1,0");
        assertThat(read().stream().map(state -> state.string("table") + " " + state.has("locked")))
                .containsExactly("a.knex_migrations true", "b.knex_migrations false");
    }

    @Test
    void aTableThatIsRefusedIsAFindingAndTheOthersAreRead() {
        tables.with("a", "schema_migrations", "version", "1").with("b", "schema_migrations", "version", "2");
        tables.refuse("a.schema_migrations", ErrorCode.DENIED);
        assertThat(read())
                .containsExactly(
                        new JsonObject()
                                .put("tool", "dbmate-or-rails")
                                .put("table", "a.schema_migrations")
                                .put("unread", "reading a.schema_migrations: refused"),
                        state("dbmate-or-rails", "b.schema_migrations", "2", 1));
        assertThat(run.findings().stream().map(Finding::code)).containsExactly("migration_state_unread");
    }

    @Test
    void aServerThatIsGoneIsAnError() {
        tables.with("a", "schema_migrations", "version", "1");
        tables.refuse("a.schema_migrations", ErrorCode.UNREACHABLE);
        assertThatThrownBy(this::read).isInstanceOf(HoldfastException.class);
    }

    @Test
    void ofAHugeTableNoMoreIsReadThanItTakesToSaySo() {
        tables.with(
                "public",
                "schema_migrations",
                "version",
                IntStream.range(0, 30_000).mapToObj(String::valueOf).toArray(String[]::new));
        assertThat(only().string("unread")).isEqualTo("it has more than 10,000 rows");
        assertThat(tables.rowsGiven()).isEqualTo(10_001);
        assertThat(run.findings().stream().map(Finding::code)).containsExactly("migration_state_unread");
    }

    @Test
    void ofVeryManyTablesTheFirstOnesAreReadAndThatIsSaid() {
        IntStream.range(0, 200)
                .forEach(tenant -> tables.with("tenant" + (1000 + tenant), "schema_migrations", "version", "1"));
        assertThat(read()).hasSize(25);
        assertThat(run.findings().stream().map(Finding::message))
                .containsExactly(
                        "of 200 tables of migration tools, only the first 25 were read for the migration state");
    }

    @Test
    void whatTheRowsSayBecomesOneShortLine() {
        tables.with("public", "schema_migrations", "version", "\u001b[2J\n" + "9".repeat(5000));
        assertThat(only().string("latest")).startsWith("[2J 999").hasSizeLessThan(210);
    }

    @Test
    void ofManyFailuresAFewAreNamed() {
        tables.with(
                "public",
                "_sqlx_migrations",
                "version,description,installed_on,success,checksum,execution_time",
                IntStream.range(1, 9).mapToObj(i -> i + ",x,,f,,").toArray(String[]::new));
        JsonObject state = only();
        assertThat(state.count("failed")).isEqualTo(8);
        assertThat(state.strings("failed_versions")).isEqualTo(Arrays.asList("1", "2", "3", "4", "5"));
    }
}
