package dev.holdfast.cli.scenario;

import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestDatabase;
import java.util.Map;
import java.util.TreeMap;

/** What databases have that nobody expects: keys that rows break, names with line feeds, partitions that move, triggers that refuse. */
final class OddDatabase {
    static final String BROKEN_KEYS = """
            CREATE TABLE people (id int PRIMARY KEY, boss int CONSTRAINT fine REFERENCES people);
            CREATE TABLE "it's ours" (id int CONSTRAINT "it's a key" REFERENCES people);
            COMMENT ON CONSTRAINT "it's a key" ON "it's ours" IS 'its comment';
            CREATE TABLE pets (owner int CONSTRAINT owned REFERENCES people ON DELETE CASCADE);
            COMMENT ON CONSTRAINT owned ON pets IS 'every pet has one';
            CREATE TABLE "two
            lines; --" (a int CONSTRAINT "a;
             key" REFERENCES people DEFERRABLE INITIALLY DEFERRED);
            CREATE TABLE visits (pet int, day date, by int CONSTRAINT made REFERENCES people) PARTITION BY RANGE (day);
            COMMENT ON CONSTRAINT made ON visits IS 'by whom';
            CREATE TABLE visits_2026 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            INSERT INTO people VALUES (1, NULL), (2, 1);
            SET session_replication_role = replica;
            INSERT INTO pets VALUES (2), (3);
            INSERT INTO "two
            lines; --" VALUES (7);
            INSERT INTO visits VALUES (1, '2026-02-02', 4);
            """;

    /** Names of foreign keys, whether they were checked, and their comments. */
    static final String KEYS = "SELECT conname, convalidated, obj_description(oid) FROM pg_constraint"
            + " WHERE contype = 'f' AND conparentid = 0 ORDER BY 1";

    static final String ROLES = """
            CREATE ROLE "odd
            owner"; CREATE ROLE "odd ""friend""\"; CREATE ROLE odd_guest;
            """;

    static final String FORGET_ROLES = """
            DROP ROLE "odd
            owner"; DROP ROLE "odd ""friend""\"; DROP ROLE odd_guest;
            """;

    private static final String CONTENTS = """
            CREATE SCHEMA "My
            Schema" AUTHORIZATION "odd
            owner";
            CREATE TABLE "My
            Schema"."a ""table"";
            DROP TABLE t" ("first
            column" int PRIMARY KEY, "select" text);
            INSERT INTO "My
            Schema"."a ""table"";
            DROP TABLE t" VALUES (1, E'a\\tb\\n\\\\.'), (2, NULL);
            CREATE INDEX "in
            two" ON "My
            Schema"."a ""table"";
            DROP TABLE t" ("select");
            CREATE TYPE color AS ENUM ('red', 'green', 'blue', 'cyan', 'pink', 'gold', 'gray', 'teal');
            CREATE TABLE moving (id int, c color, PRIMARY KEY (id, c)) PARTITION BY HASH (c);
            SELECT format('CREATE TABLE moving_%s PARTITION OF moving FOR VALUES WITH (MODULUS 4, REMAINDER %s)', r, r)
              FROM generate_series(0, 3) r \\gexec
            INSERT INTO moving SELECT n, (enum_range(NULL::color))[n % 8 + 1] FROM generate_series(1, 400) n;
            CREATE TABLE tenth AS SELECT 10 AS a;
            CREATE MATERIALIZED VIEW share AS SELECT 1 / (a - 10) AS b FROM tenth WITH NO DATA;
            CREATE MATERIALIZED VIEW good AS SELECT a FROM tenth;
            UPDATE tenth SET a = 11; REFRESH MATERIALIZED VIEW share; UPDATE tenth SET a = 10; REFRESH MATERIALIZED VIEW good;
            SELECT lo_from_bytea(101, 'a letter'), lo_from_bytea(102, '\\x00ff'), lo_create(103);
            ALTER LARGE OBJECT 101 OWNER TO "odd
            owner";
            SET ROLE "odd
            owner"; GRANT SELECT ON LARGE OBJECT 101 TO "odd ""friend""\" WITH GRANT OPTION;
            SET ROLE "odd ""friend""\"; GRANT SELECT ON LARGE OBJECT 101 TO odd_guest; RESET ROLE;
            CREATE TABLE audit (a int);
            CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.audit VALUES (1); END';
            CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no DDL here''; END';
            CREATE EVENT TRIGGER noted ON ddl_command_end EXECUTE FUNCTION note();
            COMMENT ON EVENT TRIGGER noted IS 'notes'; ALTER EVENT TRIGGER noted ENABLE ALWAYS;
            CREATE EVENT TRIGGER refused ON ddl_command_start EXECUTE FUNCTION no();
            """;

    /** The rows of the table whose partitions move, as a whole. */
    static final String REHASHED = "SELECT count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM moving t";

    /** What is set for the database, and for roles in it. */
    static final String SETTINGS = "SELECT r.rolname, s.setconfig FROM pg_db_role_setting s"
            + " LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE s.setdatabase ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1, 2";

    static final String ENCODED =
            "SELECT encode(convert_to(obj_description('t'::regclass), getdatabaseencoding()), 'escape'),"
                    + " (SELECT string_agg(encode(convert_to(conname, getdatabaseencoding()), 'escape'), ' ' ORDER BY conname)"
                    + " FROM pg_constraint WHERE contype = 'f')";

    private OddDatabase() {}

    /** Fills a database with it, and sets something for it. */
    static void fill(TestDatabase database) {
        String name = "\"" + database.name().replace("\"", "\"\"") + "\"";
        database.must(CONTENTS);
        database.alter("SET search_path = \"My\nSchema\", public");
        database.server().must("postgres", "ALTER ROLE \"odd\nowner\" IN DATABASE " + name + " SET work_mem = '7MB'");
    }

    /** The rows of all tables but the partitions that move. */
    static Map<String, String> rowsOfStablePlace(TestDatabase database) {
        Map<String, String> rows = new TreeMap<>(IndependentRows.of(database));
        rows.keySet().removeIf(name -> name.startsWith("public.moving_") || name.equals("public.share"));
        return rows;
    }

    /** Two values that have no equal in UTF-8, a comment, and a key that rows break. */
    static String encoded(String encoding) {
        boolean japanese = encoding.equals("EUC_JP");
        String values = japanese ? "'{\\\\xada1,\\\\xa4a2}'" : "'{\\\\xff80fe,\\\\xc3}'";
        String comment = japanese ? "a4a2" : "e9ff";
        return """
                CREATE TABLE t (a bytea PRIMARY KEY, b text);
                INSERT INTO t SELECT b, convert_from(b, '%1$s') FROM unnest(%2$s::bytea[]) AS b;
                DO $$ BEGIN
                  EXECUTE format('COMMENT ON TABLE t IS %%L', convert_from('\\x%3$s', '%1$s'));
                  EXECUTE format('CREATE TABLE u (a bytea CONSTRAINT %%I REFERENCES t)', convert_from('\\xa4a2', '%1$s'));
                END $$;
                SET session_replication_role = replica;
                INSERT INTO u VALUES ('\\x01');
                """.formatted(encoding, values, comment);
    }
}
