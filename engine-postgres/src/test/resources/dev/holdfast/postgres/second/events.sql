-- Each event stands under its name. $any is table a or b, $few a number from 1 to 5, $new one that was not there before.
-- name: insert
INSERT INTO $any (id, n, pad) SELECT $new * 100 + i, i, repeat('i', 350) FROM generate_series(1, $few) i;
-- name: update within the page
UPDATE $any SET pad = '$new' || left(pad, 300) WHERE id % 17 = $few;
-- name: update of an index
UPDATE $any SET n = n + $new WHERE id % 13 = $few;
-- name: update of one row
UPDATE $any SET pad = 'one $new' WHERE id = (SELECT min(id) FROM $any WHERE id > $few * 10);
-- name: delete
DELETE FROM $any WHERE id % 23 = $few;
-- name: delete and insert again
BEGIN;
CREATE TEMP TABLE gone ON COMMIT DROP AS SELECT id, n, pad FROM $any WHERE id % 19 = $few;
DELETE FROM $any WHERE id IN (SELECT id FROM gone);
INSERT INTO $any (id, n, pad) SELECT id, n, pad FROM gone;
COMMIT;
-- name: savepoint rolled back
BEGIN;
UPDATE $any SET n = 1 WHERE id % 11 = $few;
SAVEPOINT s;
UPDATE $any SET n = 2 WHERE id % 7 = $few;
INSERT INTO $any (id, n) VALUES ($new * 100, 3);
ROLLBACK TO s;
INSERT INTO $any (id, n) VALUES ($new * 100, 4);
COMMIT;
-- name: savepoint kept
BEGIN;
SAVEPOINT s;
UPDATE $any SET n = $new WHERE id % 7 = $few;
RELEASE s;
UPDATE $any SET pad = 'after $new' WHERE id % 7 = $few;
COMMIT;
-- name: transaction rolled back
BEGIN;
DELETE FROM $any WHERE id % 5 = 1;
INSERT INTO $any (id, n) VALUES ($new * 100, 3);
ROLLBACK;
-- name: vacuum
VACUUM $any;
-- name: vacuum freeze
VACUUM (FREEZE) $any;
-- name: vacuum full
VACUUM FULL $any;
-- name: cluster
CLUSTER $any USING $any_pkey;
-- name: cluster the other way round
CLUSTER $any USING $any_n;
-- name: cluster, then an update of one row
CLUSTER $any USING $any_n;
UPDATE $any SET pad = 'one $new' WHERE id = (SELECT min(id) FROM $any WHERE id > $few * 10);
-- name: truncate
TRUNCATE $any;
INSERT INTO $any (id, n, pad) SELECT i, $new, repeat('r', 350) FROM generate_series(1, 40) i;
-- name: truncate twice in one transaction
BEGIN;
TRUNCATE $any;
INSERT INTO $any (id, n, pad) SELECT i, 1, repeat('r', 350) FROM generate_series(1, 40) i;
TRUNCATE $any;
INSERT INTO $any (id, n, pad) SELECT i, $new, repeat('s', 350) FROM generate_series(1, 40) i;
COMMIT;
-- name: truncate rolled back
BEGIN;
TRUNCATE $any;
INSERT INTO $any (id, n) VALUES (1, 1);
ROLLBACK;
-- name: copy freeze
BEGIN;
TRUNCATE $any;
COPY $any (id, n) FROM PROGRAM 'seq -f %.0f,$new 1 40' WITH (FORMAT csv, FREEZE);
COMMIT;
-- name: values out of line
UPDATE $any SET big = repeat('big $new', 500) WHERE id % 19 = $few;
-- name: unlogged
ALTER TABLE $any SET UNLOGGED;
-- name: logged
ALTER TABLE $any SET LOGGED;
-- name: column with a default
ALTER TABLE $any ADD c$new int DEFAULT $new;
-- name: column with a default that is volatile
ALTER TABLE $any ADD d$new float8 DEFAULT random();
-- name: column made again with another default
ALTER TABLE kinds DROP COLUMN IF EXISTS again;
ALTER TABLE kinds ADD again int DEFAULT $new;
ALTER TABLE kinds ALTER again SET DEFAULT 1;
-- name: column dropped
ALTER TABLE $any ADD c$new int DEFAULT $new;
DO $$ BEGIN EXECUTE (SELECT 'ALTER TABLE $any DROP COLUMN ' || attname FROM pg_attribute
  WHERE attrelid = '$any'::regclass AND attname ~ '^[cd][0-9]' AND NOT attisdropped ORDER BY random() LIMIT 1); END $$;
-- name: column renamed
DO $$ BEGIN EXECUTE (SELECT 'ALTER TABLE kinds RENAME ' || attname || ' TO pad$new' FROM pg_attribute
  WHERE attrelid = 'kinds'::regclass AND attname ~ '^pad' AND NOT attisdropped); END $$;
-- name: generated column made an ordinary one
DO $$ BEGIN EXECUTE (SELECT coalesce(max('ALTER TABLE kinds ALTER ' || attname || ' DROP EXPRESSION'),
    'ALTER TABLE kinds ADD made$new int GENERATED ALWAYS AS ($new) STORED') FROM pg_attribute
  WHERE attrelid = 'kinds'::regclass AND attgenerated = 's'); END $$;
-- name: longer varchar
ALTER TABLE kinds ALTER v TYPE varchar(1000$new);
-- name: varchar to text
ALTER TABLE kinds ALTER v TYPE text;
-- name: text to varchar
ALTER TABLE kinds ALTER t TYPE varchar;
-- name: varchar to text again
ALTER TABLE kinds ALTER t TYPE text;
-- name: type that rewrites
ALTER TABLE kinds ALTER id TYPE bigint;
-- name: type that rewrites back
ALTER TABLE kinds ALTER id TYPE int;
-- name: timestamptz to timestamp
SET TimeZone = 'UTC';
ALTER TABLE kinds ALTER ts TYPE timestamp;
-- name: timestamp to timestamptz
SET TimeZone = 'UTC';
ALTER TABLE kinds ALTER ts TYPE timestamptz;
-- name: attribute of a composite made again
ALTER TYPE pair DROP ATTRIBUTE b;
ALTER TYPE pair ADD ATTRIBUTE b text;
-- name: attribute of a composite added
ALTER TYPE pair ADD ATTRIBUTE e$new mood;
-- name: table whose row is a column altered
ALTER TABLE base ADD z$new int;
-- name: table whose row is a column lost one
DO $$ BEGIN EXECUTE (SELECT 'ALTER TABLE base DROP ' || attname FROM pg_attribute
  WHERE attrelid = 'base'::regclass AND attnum > 0 AND attname ~ '^[xyz]' AND NOT attisdropped ORDER BY random() LIMIT 1); END $$;
-- name: enum label renamed
DO $$ BEGIN EXECUTE (SELECT format('ALTER TYPE mood RENAME VALUE %L TO %L', enumlabel, 'm$new') FROM pg_enum
  WHERE enumtypid = 'mood'::regtype AND enumsortorder <= 2 ORDER BY random() LIMIT 1); END $$;
-- name: enum label added
ALTER TYPE mood ADD VALUE 'n$new' BEFORE 'glad';
-- name: table renamed under regclass
DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE %s RENAME TO named_t$new', c) FROM names); END $$;
-- name: function renamed under regproc
DO $$ BEGIN EXECUTE (SELECT format('ALTER FUNCTION %s RENAME TO named_f$new', fp) FROM names); END $$;
-- name: type renamed under regtype
DO $$ BEGIN EXECUTE (SELECT format('ALTER TYPE %s RENAME TO named_y$new', y) FROM names); END $$;
-- name: role renamed under regrole and aclitem
DO $$ BEGIN EXECUTE (SELECT format('ALTER ROLE %s RENAME TO $role_$new', r) FROM names); END $$;
-- name: schema renamed under regnamespace
DO $$ BEGIN EXECUTE (SELECT format('ALTER SCHEMA %s RENAME TO named_s$new', n) FROM names); END $$;
-- name: large object written
SELECT lo_put((SELECT oid FROM pg_largeobject_metadata ORDER BY random() LIMIT 1), $few * 3000, 'written $new');
-- name: large object made
SELECT lo_from_bytea(0, convert_to(string_agg(md5('$new ' || j), ''), 'UTF8')) FROM generate_series(1, $few * 100) j;
-- name: large object written far behind its end
SELECT lo_put((SELECT oid FROM pg_largeobject_metadata ORDER BY random() LIMIT 1), $few * 11000, 'behind $new');
-- name: large object cut short
BEGIN;
SELECT lo_truncate64(lo_open((SELECT oid FROM pg_largeobject_metadata ORDER BY random() LIMIT 1), 131072), ($few - 1) * 2048);
COMMIT;
-- name: large object cut short in the middle of a page
BEGIN;
SELECT lo_truncate64(lo_open((SELECT oid FROM pg_largeobject_metadata ORDER BY random() LIMIT 1), 131072), $few * 700);
COMMIT;
-- name: large object unlinked
SELECT lo_unlink(oid) FROM pg_largeobject_metadata WHERE (SELECT count(*) FROM pg_largeobject_metadata) > 5 ORDER BY random() LIMIT 1;
-- name: large objects vacuumed
VACUUM pg_largeobject;
-- name: large objects rewritten
VACUUM FULL pg_largeobject;
-- name: table made again
DROP TABLE short_lived;
CREATE TABLE short_lived (id int);
INSERT INTO short_lived VALUES ($new);
-- name: tables of one transaction renamed to each other
BEGIN;
ALTER TABLE twin_a RENAME TO twin;
ALTER TABLE twin_b RENAME TO twin_a;
ALTER TABLE twin RENAME TO twin_b;
COMMIT;
-- name: table renamed
DO $$ BEGIN EXECUTE (SELECT format('ALTER TABLE %I RENAME TO roving$new', relname) FROM pg_class
  WHERE relkind = 'r' AND (relname = 'part_1' OR relname ~ '^roving')); END $$;
-- name: schemas renamed to each other
BEGIN;
ALTER SCHEMA one RENAME TO two;
ALTER SCHEMA other RENAME TO one;
ALTER SCHEMA two RENAME TO other;
COMMIT;
-- name: partition detached or attached
DO $$ BEGIN EXECUTE (SELECT CASE WHEN relispartition THEN 'ALTER TABLE part DETACH PARTITION part_2'
    ELSE 'ALTER TABLE part ATTACH PARTITION part_2 FOR VALUES FROM (100) TO (200)' END
  FROM pg_class WHERE relname = 'part_2'); END $$;
-- name: rows move between partitions by hash
UPDATE hashed SET m = (SELECT enumlabel::text::mood FROM pg_enum WHERE enumtypid = 'mood'::regtype ORDER BY random() LIMIT 1) WHERE id % 5 = $few - 1;
-- name: other rows of a configuration table are chosen
DELETE FROM chosen;
INSERT INTO chosen SELECT i FROM generate_series(1, 100) i WHERE i % 5 < $few;
-- name: update of a table that is not planned
UPDATE unplanned SET pad = 'u$new' WHERE id % 17 = $few;
-- name: unlogged table written
UPDATE unlogged SET pad = left(pad, 400) || '$new' WHERE id % 17 = $few;
INSERT INTO unlogged SELECT i, 'again $new' FROM generate_series(1, 5) i;
-- name: table grows
INSERT INTO grows SELECT $new * 100 + i, repeat('g', 1500) FROM generate_series(1, 12 * $few) i;
-- name: table shrinks
DELETE FROM grows WHERE ctid >= '($few,0)';
VACUUM (TRUNCATE) grows;
-- name: table holds nothing
DELETE FROM grows;
VACUUM (TRUNCATE) grows;
INSERT INTO grows VALUES ($new, 'first');
-- name: analyze
ANALYZE;
