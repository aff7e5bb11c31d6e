package dev.holdfast.cli.scenario;

import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.util.List;

/** A small database with one of everything that is easy to lose. */
final class SampleDatabase {
    /** Roles are the whole server's, so they are made once. */
    private static final String ROLES = """
            DO $$ BEGIN
              IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sample reader') THEN
                CREATE ROLE "sample reader"; CREATE ROLE sample_owner;
              END IF;
            END $$;
            """;

    private static final String SCHEMA = """
            CREATE SCHEMA "My Schema";
            CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s "great"');
            CREATE TYPE pair AS (a int, b text);
            CREATE DOMAIN positive AS int CHECK (value > 0);
            CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,
                email text UNIQUE, mood mood DEFAULT 'ok', tags text[], extra jsonb, born date, gone int);
            ALTER TABLE customers DROP COLUMN gone;
            CREATE TABLE orders (id serial PRIMARY KEY, customer bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
                amount numeric(12,2), vat numeric GENERATED ALWAYS AS (amount * 0.2) STORED, at timestamptz DEFAULT now());
            CREATE INDEX ON orders (at) WHERE amount > 10;
            CREATE TABLE "My Schema"."My Table" ("select" int, "a.b" text, "quo""te" pair, "☃ snow" positive[]);
            CREATE TABLE nothing ();
            CREATE TABLE empty (a int, b text DEFAULT 'x');
            CREATE UNLOGGED TABLE hasty (a int, b bytea);
            CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
            CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            CREATE TABLE events_rest PARTITION OF events DEFAULT;
            CREATE TABLE parent (a int, c int);
            CREATE TABLE child (own text) INHERITS (parent);
            ALTER TABLE parent ADD b int;
            CREATE TABLE kinds (f4 real, f8 double precision, n numeric, b bytea, ts timestamp, tz timestamptz, iv interval,
                u uuid, ip inet, m money, x xml, r int4range, bits varbit, c char(5), p point);
            CREATE VIEW big AS SELECT * FROM orders WHERE amount > 50;
            CREATE MATERIALIZED VIEW sums AS SELECT customer, sum(amount) AS total FROM orders GROUP BY 1 WITH NO DATA;
            CREATE MATERIALIZED VIEW sums_of_sums AS SELECT sum(total) AS total FROM sums WITH NO DATA;
            CREATE MATERIALIZED VIEW never AS SELECT 1 AS one WITH NO DATA;
            CREATE SEQUENCE counter START 5 INCREMENT 7;
            CREATE SEQUENCE "My Schema"."Count er";
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.at := NEW.at; RETURN NEW; END $f$;
            CREATE TRIGGER touch BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE FUNCTION no_rows() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN RETURN NULL; END $f$;
            CREATE TABLE guarded (a int);
            COMMENT ON TABLE orders IS 'a ; in a comment, -- and ''quotes''';
            ALTER TABLE empty OWNER TO sample_owner;
            GRANT SELECT ON orders TO "sample reader";
            ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
            CREATE POLICY own ON customers TO "sample reader" USING (name = current_user);
            """;

    private static final String ROWS = """
            INSERT INTO customers (name, email, mood, tags, extra, born)
                SELECT 'name ' || i, 'c' || i || '@example.org', (ARRAY['sad', 'ok', 'it''s "great"'])[i % 3 + 1]::mood,
                       ARRAY['a', NULL, 'c,"' || i], jsonb_build_object('i', i, 'tab', E'\\t'), date '1970-01-01' + i
                  FROM generate_series(1, 300) i;
            INSERT INTO orders (customer, amount, at)
                SELECT i % 300 + 1, i * 1.01, timestamptz '2026-01-01 00:00:00.123456+02' + i * interval '1 hour'
                  FROM generate_series(1, 20000) i;
            INSERT INTO "My Schema"."My Table" VALUES (1, E'back\\\\slash\\ttab\\nline', (1, 'x'), '{1,2}'), (NULL, '', NULL, NULL),
                (2, '\\N', (NULL, ''), '{}'), (3, '\\.', NULL, NULL), (4, 'é ☃ 😀 ' || chr(769), NULL, NULL);
            INSERT INTO nothing SELECT FROM generate_series(1, 3);
            INSERT INTO hasty VALUES (1, '\\x00ff'), (2, '');
            INSERT INTO events SELECT date '2025-06-01' + i, 'e' || i FROM generate_series(1, 400) i;
            INSERT INTO parent VALUES (1, 2, 3); INSERT INTO child VALUES (4, 5, 'own', 6);
            INSERT INTO kinds VALUES ('NaN', '-Infinity', 'NaN', '\\xdeadbeef', 'infinity', '-infinity', '1 mon -2 days',
                gen_random_uuid(), '::1/64', 12.34, '<a>&amp;</a>', '[1,5)', B'10110', 'ab', '(1.5,-2)'),
                (1.1, 0.1 + 0.2, 1e-30, '', '0044-03-15 BC', now(), '-00:00:00.000001', NULL, NULL, -1, '', 'empty', B'', '', NULL);
            INSERT INTO guarded VALUES (1);
            CREATE TRIGGER no_rows BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION no_rows();
            REFRESH MATERIALIZED VIEW sums; REFRESH MATERIALIZED VIEW sums_of_sums;
            SELECT setval('counter', 75), setval('"My Schema"."Count er"', 3, false);
            SELECT lo_from_bytea(901, 'a letter'), lo_create(902), lo_from_bytea(903, repeat('long', 5000)::bytea);
            BEGIN; SELECT lo_truncate64(lo_open(903, 131072), 4096); COMMIT;
            ALTER LARGE OBJECT 901 OWNER TO sample_owner;
            GRANT SELECT ON LARGE OBJECT 903 TO "sample reader";
            """;

    private SampleDatabase() {}

    /** Fills a database with it. */
    static void fill(TestDatabase database) {
        makeRoles(database.server());
        database.must(SCHEMA + ROWS);
    }

    /** The roles that own something in it or have rights there. */
    static void makeRoles(TestServer server) {
        server.must("postgres", ROLES);
    }

    /** Bytes, owner and rights of each large object. The order of rights means nothing. */
    static String largeObjects(TestDatabase database) {
        return database.must(
                "SELECT oid, md5(lo_get(oid)), pg_get_userbyid(lomowner), lomacl IS NULL,"
                        + " ARRAY(SELECT a::text FROM unnest(lomacl) AS a ORDER BY 1) FROM pg_largeobject_metadata ORDER BY oid");
    }

    /** Where each sequence stands. */
    static List<String> sequences(TestDatabase database) {
        return database.must("SELECT schemaname, sequencename, start_value, increment_by, last_value FROM pg_sequences"
                        + " ORDER BY 1, 2")
                .lines()
                .toList();
    }
}
