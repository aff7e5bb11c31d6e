package dev.holdfast.postgres.testing.random;

import dev.holdfast.postgres.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A database drawn by chance: several schemas, each with tables, rows and objects of many kinds, and what belongs to the whole database.
 *
 * @param creation the statement that makes the empty database
 * @param sql what fills it; a statement that the server refuses is an error of this generator
 * @param made how many there are of each kind
 * @param types the types of the values in its rows
 * @param schemas how many schemas there are
 */
public record RandomDatabase(String creation, String sql, Map<Kind, Integer> made, Set<String> types, int schemas) {
    /** Roles are the whole server's, so they are made once, before the first database. */
    public static String roles() {
        var sql = new StringBuilder();
        for (String role : Making.ROLES) {
            sql.append("DO $do$ BEGIN IF pg_catalog.to_regrole(")
                    .append(Texts.quoted(role))
                    .append(") IS NULL THEN CREATE ROLE ")
                    .append(role)
                    .append("; END IF; END $do$;\n");
        }
        return sql.toString();
    }

    /** The types that a server brings, all of which a run ought to have had values of. */
    public static List<String> builtInTypes(int major) {
        return BuiltInTypes.of(major, new Texts("UTF8")).stream()
                .map(ValueType::sql)
                .distinct()
                .toList();
    }

    /**
     * Draws one.
     *
     * @param schemas how many to draw; none for a database in which nobody has made anything
     */
    public static RandomDatabase draw(Random random, Place place, int schemas) {
        return new Drawing(new Draw(random), place, schemas).draw();
    }

    /** An encoding for a number; one after the other has them all. */
    public static String encoding(long number) {
        List<String> encodings = List.of("UTF8", "UTF8", "LATIN1", "UTF8", "EUC_JP", "UTF8", "SQL_ASCII");
        return encodings.get((int) Math.floorMod(number, (long) encodings.size()));
    }

    /**
     * Where a database will be.
     *
     * @param major of the server
     * @param extension a further extension that the server has, or empty
     * @param lz4 whether the server was built with it
     */
    public record Place(int major, String encoding, String name, String extension, boolean lz4) {
        /** A database of a server. */
        public static Place on(TestServer server, String encoding, String name, String extension) {
            String lz4 = "SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'";
            boolean has = server.must("postgres", lz4).equals("t");
            return new Place(server.major(), encoding, name, extension, has);
        }
    }

    /** One database while it is drawn. */
    private static final class Drawing {
        private final Draw draw;
        private final Script script = new Script();
        private final Place place;
        private final Names names;
        private final int schemas;

        Drawing(Draw draw, Place place, int schemas) {
            this.draw = draw;
            this.place = place;
            this.names = new Names(draw, new Texts(place.encoding())).without("public");
            this.schemas = schemas;
        }

        RandomDatabase draw() {
            script.add("SET client_encoding = 'UTF8'");
            script.add("SET client_min_messages = error");
            if (schemas > 0) {
                fill();
            } else {
                script.count(Kind.EMPTY_DATABASE);
            }
            settings();
            return new RandomDatabase(creation(), script.sql(), script.made(), script.types(), schemas);
        }

        private String creation() {
            switch (place.encoding()) {
                case "LATIN1" -> script.count(Kind.LATIN1_DATABASE);
                case "SQL_ASCII" -> script.count(Kind.SQL_ASCII_DATABASE);
                case "EUC_JP" -> script.count(Kind.EUC_JP_DATABASE);
                default -> {}
            }
            String locale = place.encoding().equals("UTF8") ? draw.of("C.UTF-8", "C") : "C";
            return "CREATE DATABASE " + place.name() + " TEMPLATE template0 ENCODING '" + place.encoding()
                    + "' LC_COLLATE '" + locale + "' LC_CTYPE '" + locale + "'";
        }

        private void settings() {
            if (draw.chance(0.4)) {
                script.add(Kind.DATABASE_SETTING, "ALTER DATABASE " + place.name() + " SET work_mem = '3MB'");
                script.add("ALTER ROLE " + draw.of(Making.ROLES) + " IN DATABASE " + place.name()
                        + " SET DateStyle = 'German, DMY'");
                script.add("ALTER DATABASE " + place.name() + " SET IntervalStyle = 'sql_standard'");
            }
        }

        private void fill() {
            script.add(Kind.EXTENSION, "CREATE EXTENSION btree_gist");
            boolean files = draw.chance(0.6);
            if (files) {
                script.add("CREATE EXTENSION file_fdw; CREATE SERVER file_fdw FOREIGN DATA WRAPPER file_fdw");
            }
            if (!place.extension().isEmpty()) {
                script.add(Kind.EXTENSION_WITH_ROWS, "CREATE EXTENSION " + place.extension());
                script.add("INSERT INTO setting VALUES (" + Texts.quoted(new Texts(place.encoding()).text(draw))
                        + ", 'by a person')");
            }
            for (int i = draw.between(0, 3); i > 0; i--) {
                largeObject();
            }
            List<Making> makings = new ArrayList<>();
            for (int i = 0; i < schemas; i++) {
                var making = new Making(draw, script, place, names);
                makings.add(making);
                fill(making, files);
            }
            comments();
            makings.forEach(Making::finish);
        }

        private void fill(Making making, boolean files) {
            var collations = new Collations(making);
            collations.make();
            new UserTypes(making).make(draw.between(0, 8));
            var columns = new Columns(making, collations);
            var foreign = new Foreign(making, names, files);
            if (draw.chance(0.5)) {
                foreign.make();
            }
            var tables = new Tables(making, columns);
            tables.make(draw.between(1, 4));
            if (draw.chance(0.08)) {
                tables.widest();
            }
            if (draw.chance(0.08)) {
                tables.longest();
            }
            if (draw.chance(0.4)) {
                new Partitions(making, columns, foreign).make();
            }
            if (draw.chance(0.3)) {
                new Inheritance(making, columns).make();
            }
            for (int i = draw.between(0, 2); i > 0; i--) {
                new Sequences(making).make();
            }
            new Constraints(making).make();
            new Indexes(making).make();
            new Functions(making).make();
            new Views(making).make();
            var triggers = new Triggers(making);
            triggers.make();
            if (draw.chance(0.2)) {
                new TextSearch(making).make();
            }
            new Rights(making).make();
            if (draw.chance(0.3)) {
                new Publications(making, names).make();
            }
            if (draw.chance(0.1)) {
                triggers.event(names);
            }
        }

        private void largeObject() {
            String number = String.valueOf(draw.between(100_000, 2_000_000_000));
            String bytes = draw.chance(0.3)
                    ? "pg_catalog.convert_to(" + Rows.longText(draw) + ", 'UTF8')"
                    : "'\\x" + draw.hex(2 * draw.between(0, 50)) + "'";
            script.add(Kind.LARGE_OBJECT, "SELECT pg_catalog.lo_from_bytea(" + number + ", " + bytes + ")");
            script.object("LARGE OBJECT", number);
            if (draw.chance(0.5)) {
                script.add("ALTER LARGE OBJECT " + number + " OWNER TO " + draw.of(Making.ROLES));
                script.add(
                        "GRANT SELECT ON LARGE OBJECT " + number + " TO " + draw.of("PUBLIC", draw.of(Making.ROLES)));
            }
        }

        private void comments() {
            Texts texts = new Texts(place.encoding());
            for (String object : script.objects()) {
                if (draw.chance(0.5)) {
                    script.add(Kind.COMMENT, "COMMENT ON " + object + " IS " + Texts.quoted(texts.text(draw)));
                }
            }
        }
    }
}
