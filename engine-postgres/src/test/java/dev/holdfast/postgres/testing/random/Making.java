package dev.holdfast.postgres.testing.random;

import java.util.ArrayList;
import java.util.List;

/** One schema while it is made: what is there already, and where more of it goes. */
final class Making {
    /** Roles that every generated database may use; made once on each server. */
    static final List<String> ROLES =
            List.of("\"holdfast Random\"", "holdfast_random_owner", "\"holdfast;\"\"random\"");

    final Draw draw;
    final Script script;
    final RandomDatabase.Place place;
    final Texts texts;
    final String schema;
    final List<ValueType> types;
    final List<MadeTable> tables = new ArrayList<>();
    private final Names names;
    private final List<String> last = new ArrayList<>();

    /**
     * @param databaseNames from which the schema gets its name
     */
    Making(Draw draw, Script script, RandomDatabase.Place place, Names databaseNames) {
        this.draw = draw;
        this.script = script;
        this.place = place;
        this.texts = new Texts(place.encoding());
        this.names = databaseNames.anew();
        this.schema = databaseNames.fresh();
        this.types = new ArrayList<>(BuiltInTypes.of(place.major(), texts));
        script.add(Kind.SCHEMA, "CREATE SCHEMA " + schema + (draw.chance(0.2) ? " AUTHORIZATION " + role() : ""));
        script.object("SCHEMA", schema);
    }

    /** A statement after which others would be refused: it is kept for the end. */
    void afterAll(Kind kind, String statement) {
        script.count(kind);
        last.add(statement);
    }

    /** Nothing is made after this, in no schema. */
    void finish() {
        last.forEach(script::add);
    }

    /** A name that nothing else in this schema has, without the schema. */
    String bare() {
        return names.fresh();
    }

    /** The same with the schema. */
    String fresh() {
        return in(bare());
    }

    String in(String bare) {
        return schema + "." + bare;
    }

    /** Names for the columns of something. */
    Names columns() {
        return names.anew();
    }

    String role() {
        return draw.of(ROLES);
    }

    String text() {
        return Texts.quoted(texts.text(draw));
    }

    boolean since(int major) {
        return place.major() >= major;
    }

    boolean isUtf8() {
        return place.encoding().equals("UTF8");
    }

    /** One of the tables that rows can be told apart in by their {@link MadeTable#id}. */
    MadeTable table() {
        return draw.of(tables);
    }
}
