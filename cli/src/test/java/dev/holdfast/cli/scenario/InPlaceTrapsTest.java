package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.cli.Ran;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.OldestAndNewestPostgres;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What puts rows back the obvious way and destroys others, or is refused: by a superuser, and by the owner who may not be a replica. */
final class InPlaceTrapsTest {
    private static final String OWNER = "in_place_owner";

    @TempDir
    private Path folder;

    /** Makes the schema, takes a backup, damages it, and puts it back: rows and schema are as they were. */
    private void comesBack(TestServer server, String role, String schema, String damage) {
        server.must("postgres", "CREATE ROLE " + OWNER + " LOGIN");
        try (TestDatabase database = server.fresh()) {
            database.alter("OWNER TO " + OWNER);
            database.must("ALTER SCHEMA public OWNER TO " + OWNER + "; SET ROLE " + OWNER + "; " + schema);
            Cli cli = Cli.of(database, folder.resolve(database.name()))
                    .with("HOLDFAST_DB", database.url().replace("postgres@", role + "@"));
            cli.run("backup").well();
            Map<String, String> before = IndependentRows.of(database);
            List<String> structure = SchemaTexts.of(database);
            String states = states(database);
            database.must(damage);
            assertThat(IndependentRows.of(database)).isNotEqualTo(before);
            Ran ran = cli.run("restore", "latest", "--yes").well();
            assertThat(IndependentRows.of(database)).as(ran.out() + ran.err()).isEqualTo(before);
            assertThat(SchemaTexts.of(database)).isEqualTo(structure);
            assertThat(states(database)).isEqualTo(states);
        } finally {
            server.must("postgres", "DROP ROLE " + OWNER);
        }
    }

    private void comesBackByBoth(TestServer server, String schema, String damage) {
        comesBack(server, "postgres", schema, damage);
        comesBack(server, OWNER, schema, damage);
    }

    /** What a schema's text does not tell, or tells in another order. */
    private static String states(TestDatabase database) {
        return database.must("SELECT conname, convalidated, obj_description(oid, 'pg_constraint') FROM pg_constraint"
                + " WHERE connamespace = 'public'::regnamespace ORDER BY 1, conrelid::regclass::text;"
                + " SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgrelid::regclass::text, 1;"
                + " SELECT rulename, ev_enabled FROM pg_rewrite WHERE rulename <> '_RETURN' ORDER BY 1;"
                + " SELECT relname, relreplident FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1");
    }

    /** POSTGRES.md C1: a changed parent goes and comes back, and must not take along children that nobody damaged. */
    @OldestAndNewestPostgres
    void aParentThatIsPutBackTakesNoChildrenAlong(TestServer server) {
        comesBackByBoth(server, """
                CREATE TABLE parent (id int PRIMARY KEY, v text);
                CREATE TABLE cascading (p int CONSTRAINT one REFERENCES parent ON DELETE CASCADE, v text);
                CREATE TABLE emptied (p int CONSTRAINT two REFERENCES parent ON DELETE SET NULL);
                CREATE TABLE strict (p int CONSTRAINT three REFERENCES parent);
                CREATE TABLE late (p int CONSTRAINT four REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
                CREATE TABLE unproven (p int);
                CREATE TABLE parted (p int CONSTRAINT six REFERENCES parent, d int) PARTITION BY RANGE (d);
                CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
                CREATE TABLE named (p int CONSTRAINT of_its_own REFERENCES parent, d int) PARTITION BY RANGE (d);
                COMMENT ON CONSTRAINT of_its_own ON named IS 'in the middle';
                CREATE TABLE named_1 (p int CONSTRAINT lowest REFERENCES parent, d int);
                ALTER TABLE named ATTACH PARTITION named_1 FOR VALUES FROM (10) TO (15);
                ALTER TABLE parted ATTACH PARTITION named FOR VALUES FROM (10) TO (20);
                CREATE TABLE parted_3 (p int CONSTRAINT six REFERENCES parent, d int);
                COMMENT ON CONSTRAINT six ON parted_3 IS 'said of a leaf';
                ALTER TABLE parted ATTACH PARTITION parted_3 FOR VALUES FROM (20) TO (30);
                INSERT INTO parent SELECT i, 'original' FROM generate_series(1, 10) i;
                INSERT INTO cascading SELECT i, 'c' FROM generate_series(1, 10) i;
                INSERT INTO emptied SELECT * FROM generate_series(1, 10);
                INSERT INTO strict SELECT * FROM generate_series(1, 10);
                INSERT INTO late SELECT * FROM generate_series(1, 10);
                INSERT INTO unproven VALUES (3), (999);
                INSERT INTO parted SELECT i, i FROM generate_series(1, 10) i;
                ALTER TABLE unproven ADD CONSTRAINT five FOREIGN KEY (p) REFERENCES parent ON DELETE CASCADE NOT VALID;
                COMMENT ON CONSTRAINT one ON cascading IS 'it''s said';
                """, "UPDATE parent SET v = 'damaged' WHERE id < 5");
    }

    /** POSTGRES.md C1: with nobody there who would refuse it. */
    @OldestAndNewestPostgres
    void childrenThatWouldGoInSilenceStay(TestServer server) {
        comesBackByBoth(server, """
                CREATE TABLE parent (id int PRIMARY KEY, v text);
                CREATE TABLE cascading (id int PRIMARY KEY, p int REFERENCES parent ON DELETE CASCADE);
                CREATE TABLE emptied (c int REFERENCES cascading ON DELETE SET NULL);
                INSERT INTO parent SELECT i, 'original' FROM generate_series(1, 10) i;
                INSERT INTO cascading SELECT i, i FROM generate_series(1, 10) i;
                INSERT INTO emptied SELECT * FROM generate_series(1, 10);
                """, "UPDATE parent SET v = 'damaged' WHERE id < 5");
    }

    /** POSTGRES.md C2. */
    @OldestAndNewestPostgres
    void triggersAndRulesThatAlwaysFireAreSilent(TestServer server) {
        comesBackByBoth(server, """
                CREATE TABLE audited (id int PRIMARY KEY, v text);
                CREATE TABLE log (what text);
                CREATE TABLE kept (id int);
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                    $f$ BEGIN INSERT INTO public.log VALUES (TG_NAME || TG_OP); RETURN NULL; END $f$;
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NULL; END $f$;
                CREATE TRIGGER usual AFTER INSERT OR DELETE ON audited FOR EACH ROW EXECUTE FUNCTION note();
                CREATE TRIGGER always AFTER INSERT OR DELETE ON audited FOR EACH ROW EXECUTE FUNCTION note();
                CREATE TRIGGER replica BEFORE INSERT OR DELETE ON audited FOR EACH ROW EXECUTE FUNCTION refuse();
                CREATE TRIGGER never AFTER INSERT ON audited FOR EACH ROW EXECUTE FUNCTION note();
                ALTER TABLE audited ENABLE ALWAYS TRIGGER always;
                ALTER TABLE audited ENABLE REPLICA TRIGGER replica;
                ALTER TABLE audited DISABLE TRIGGER never;
                CREATE RULE spared AS ON DELETE TO kept DO INSTEAD NOTHING;
                ALTER TABLE kept ENABLE ALWAYS RULE spared;
                INSERT INTO audited SELECT i, 'v' FROM generate_series(1, 10) i;
                INSERT INTO kept SELECT * FROM generate_series(1, 10);
                """, """
                ALTER TABLE audited DISABLE TRIGGER USER; UPDATE audited SET v = 'damaged' WHERE id < 4;
                ALTER TABLE audited ENABLE TRIGGER usual; ALTER TABLE audited ENABLE ALWAYS TRIGGER always;
                ALTER TABLE audited ENABLE REPLICA TRIGGER replica;
                INSERT INTO kept VALUES (11), (12);
                """);
    }

    /** POSTGRES.md C4 and C3: rows of one key in other ranges, and keys that are looked at late. */
    @OldestAndNewestPostgres
    void keysThatMovedDoNotCollide(TestServer server) {
        comesBackByBoth(server, """
                CREATE TABLE moved (id int PRIMARY KEY, u int UNIQUE DEFERRABLE INITIALLY DEFERRED, v text);
                CREATE TABLE apart (r int4range, EXCLUDE USING gist (r WITH &&));
                INSERT INTO moved SELECT i, i, repeat('m', 1300) FROM generate_series(1, 5000) i;
                INSERT INTO apart SELECT int4range(i * 10, i * 10 + 5) FROM generate_series(1, 100) i;
                """, """
                UPDATE moved SET v = 'damaged' WHERE id < 50; UPDATE moved SET u = -u WHERE id % 250 = 0;
                DELETE FROM moved WHERE id = 5; INSERT INTO moved VALUES (5, 5, 'again');
                UPDATE apart SET r = int4range(lower(r) + 1, upper(r) + 1);
                """);
    }

    /** POSTGRES.md C9. */
    @OldestAndNewestPostgres
    void aPublishedTableNeedsNoIdentity(TestServer server) {
        comesBackByBoth(server, """
                CREATE TABLE published (a int, b text);
                CREATE TABLE nobody (id int PRIMARY KEY);
                ALTER TABLE nobody REPLICA IDENTITY NOTHING;
                INSERT INTO published SELECT i, 'p' FROM generate_series(1, 50) i;
                INSERT INTO nobody SELECT * FROM generate_series(1, 50);
                RESET ROLE;
                CREATE PUBLICATION everything FOR ALL TABLES;
                """, """
                DROP PUBLICATION everything; INSERT INTO published VALUES (99, 'new'); INSERT INTO nobody VALUES (99);
                CREATE PUBLICATION everything FOR ALL TABLES;
                """);
    }

    /** POSTGRES.md C10. */
    @OldestAndNewestPostgres
    void rowsThatBreakAConstraintWhichWasNeverProvenComeBack(TestServer server) {
        comesBackByBoth(server, """
                CREATE DOMAIN percent AS int;
                CREATE TABLE rates (id int PRIMARY KEY, r percent, n int);
                CREATE TABLE base (a int);
                CREATE TABLE derived (b int) INHERITS (base);
                INSERT INTO rates SELECT i, i * 10, -i FROM generate_series(1, 30) i;
                INSERT INTO derived SELECT -i, i FROM generate_series(1, 30) i;
                ALTER TABLE rates ADD CONSTRAINT pos CHECK (n > 0) NOT VALID;
                ALTER TABLE base ADD CONSTRAINT pos CHECK (a > 0) NOT VALID;
                ALTER DOMAIN percent ADD CONSTRAINT small CHECK (value <= 100) NOT VALID;
                COMMENT ON CONSTRAINT pos ON rates IS 'from now on';
                COMMENT ON CONSTRAINT small ON DOMAIN percent IS 'from now on';
                """, "DELETE FROM rates WHERE id > 3; DELETE FROM derived WHERE b % 2 = 0");
    }

    /** POSTGRES.md C10: a domain has its constraint in one place, and is found in all others. */
    @OldestAndNewestPostgres
    void rowsThatBreakAConstraintDeepInTheirTypesComeBack(TestServer server) {
        comesBackByBoth(server, """
                CREATE DOMAIN listed AS int; CREATE DOMAIN paired AS int; CREATE DOMAIN ranged AS int; CREATE DOMAIN based AS int;
                CREATE DOMAIN above AS based; CREATE DOMAIN rowed AS int;
                CREATE TYPE pair AS (a text, b paired);
                CREATE TYPE span AS RANGE (subtype = ranged);
                CREATE TABLE other (r rowed);
                CREATE TABLE deep (id int, l listed[], p pair, ps pair[], s span, ss span[], m above, o other);
                INSERT INTO deep SELECT i, ARRAY[i]::listed[], ROW('x', i)::pair, ARRAY[ROW('x', i)::pair], span(i::ranged, NULL),
                       ARRAY[span(i::ranged, NULL)], i, ROW(i)::other FROM generate_series(200, 210) i;
                ALTER DOMAIN listed ADD CONSTRAINT one CHECK (value <= 100) NOT VALID;
                ALTER DOMAIN paired ADD CONSTRAINT two CHECK (value <= 100) NOT VALID;
                ALTER DOMAIN ranged ADD CONSTRAINT three CHECK (value <= 100) NOT VALID;
                ALTER DOMAIN based ADD CONSTRAINT four CHECK (value <= 100) NOT VALID;
                ALTER DOMAIN rowed ADD CONSTRAINT five CHECK (value <= 100) NOT VALID;
                """, "DELETE FROM deep WHERE id > 203");
    }

    /** POSTGRES.md C11 and C12. */
    @OldestAndNewestPostgres
    void checksAndIndexesMayUseTheSearchPath(TestServer server) {
        comesBackByBoth(server, """
                CREATE TABLE lookup (k text PRIMARY KEY);
                INSERT INTO lookup VALUES ('a'), ('b');
                CREATE FUNCTION known(text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT 1 FROM lookup WHERE k = $1)';
                CREATE FUNCTION lower2(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
                CREATE FUNCTION lower3(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN lower2($1); END';
                CREATE TABLE checked (id bigint GENERATED ALWAYS AS IDENTITY, k text CHECK (known(k)));
                CREATE INDEX ON checked (lower3(k));
                INSERT INTO checked (k) SELECT 'b' FROM generate_series(1, 20);
                CREATE TABLE guarded (who text, v text);
                INSERT INTO guarded SELECT 'me', i FROM generate_series(1, 20) i;
                ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
                CREATE POLICY mine ON guarded USING (who = current_user);
                """, "DELETE FROM checked WHERE id % 2 = 0; UPDATE guarded SET v = 'damaged'");
    }

    /** POSTGRES.md C13: by their names they would come in the wrong order, and one is made from a table only by way of others. */
    @OldestAndNewestPostgres
    void viewsThatHoldRowsOfWrittenTablesAreMadeAnewInTheirOrder(TestServer server) {
        comesBackByBoth(server, """
                CREATE TABLE days (d int, v text) PARTITION BY RANGE (d);
                CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (0) TO (100);
                CREATE TABLE calm AS SELECT 1 AS a;
                INSERT INTO days SELECT i, 'v' FROM generate_series(1, 50) i;
                CREATE MATERIALIZED VIEW z_lowest AS SELECT count(*) AS n FROM days;
                CREATE VIEW between_them AS SELECT n + 1 AS n FROM z_lowest;
                CREATE MATERIALIZED VIEW a_highest AS SELECT n + 1 AS n FROM between_them;
                CREATE MATERIALIZED VIEW empty AS SELECT n FROM z_lowest WITH NO DATA;
                CREATE MATERIALIZED VIEW calm_one AS SELECT a, pg_current_xact_id()::text AS x FROM calm;
                """, """
                DELETE FROM days WHERE d > 10;
                REFRESH MATERIALIZED VIEW z_lowest; REFRESH MATERIALIZED VIEW a_highest;
                """);
    }
}
