package dev.holdfast.postgres.testing.random;

/** Functions and procedures in every form, and what is made of them: aggregates, operators, classes of them, casts. */
final class Functions {
    private final Making making;
    private final Draw draw;

    Functions(Making making) {
        this.making = making;
        this.draw = making.draw;
    }

    void make() {
        if (draw.chance(0.6)) {
            sql();
        }
        if (draw.chance(0.6)) {
            plpgsql();
        }
        if (draw.chance(0.5)) {
            atomic();
        }
        if (draw.chance(0.4)) {
            procedure();
        }
        if (draw.chance(0.3)) {
            aggregate();
        }
        if (draw.chance(0.3)) {
            operator();
        }
        if (draw.chance(0.3)) {
            operatorClass();
        }
        if (draw.chance(0.3)) {
            cast();
        }
    }

    private String attributes() {
        return draw.of("", " IMMUTABLE", " STABLE STRICT", " SECURITY DEFINER", " PARALLEL SAFE COST 7", " LEAKPROOF")
                + draw.of(
                        "",
                        " SET search_path = pg_catalog, " + making.schema,
                        " SET work_mem = '1MB'",
                        " SET DateStyle = 'German'");
    }

    private void keep(Kind kind, String object, String name, String statement) {
        making.script.add(kind, statement);
        making.script.object(object, name);
    }

    private void sql() {
        ValueType type = draw.of(making.types);
        String name = making.fresh();
        String argument = making.columns().fresh();
        String value =
                type.constant(draw).map(constant -> " DEFAULT " + constant).orElse("");
        keep(
                Kind.FUNCTION_SQL,
                "FUNCTION",
                name,
                "CREATE FUNCTION " + name + "(" + argument + " " + type.sql() + value + ") RETURNS SETOF " + type.sql()
                        + " LANGUAGE sql" + attributes() + " AS $f$ SELECT $1 /* " + draw.of("it's", "\\", "%", "--")
                        + " */ $f$");
    }

    private void plpgsql() {
        String name = making.fresh();
        keep(
                Kind.FUNCTION_PLPGSQL,
                "FUNCTION",
                name,
                "CREATE FUNCTION " + name
                        + "(a int, OUT b text, VARIADIC c text[] DEFAULT ARRAY[]::text[]) LANGUAGE plpgsql"
                        + attributes() + " AS $f$ BEGIN b := " + making.text() + " || a || c[1]; END $f$");
    }

    private void atomic() {
        String name = making.fresh();
        String body = making.tables.isEmpty()
                ? "SELECT 1::bigint"
                : "SELECT pg_catalog.count(*) FROM " + making.table().name();
        keep(
                Kind.FUNCTION_ATOMIC,
                "FUNCTION",
                name,
                "CREATE FUNCTION " + name + "() RETURNS bigint LANGUAGE sql BEGIN ATOMIC " + body + "; END");
    }

    private void procedure() {
        String name = making.fresh();
        keep(
                Kind.PROCEDURE,
                "PROCEDURE",
                name,
                "CREATE PROCEDURE " + name
                        + "(INOUT a int DEFAULT 3) LANGUAGE plpgsql AS $p$ BEGIN COMMIT; a := a + 1; END $p$");
    }

    private void aggregate() {
        String name = making.fresh();
        making.script.add(
                Kind.AGGREGATE,
                "CREATE AGGREGATE " + name
                        + " (int8) (SFUNC = pg_catalog.int8pl, STYPE = int8, INITCOND = '7', COMBINEFUNC = pg_catalog.int8pl,"
                        + " PARALLEL = SAFE, MSFUNC = pg_catalog.int8pl, MINVFUNC = pg_catalog.int8mi, MSTYPE = int8)");
        making.script.object("AGGREGATE", name + "(int8)");
    }

    private void operator() {
        String function = making.fresh();
        String symbol = draw.of("===", "<~>", "@#@", "|%|");
        making.script.add("CREATE FUNCTION " + function
                + "(int, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 = pg_catalog.length($2)'");
        making.script.add(
                Kind.OPERATOR,
                "CREATE OPERATOR " + making.in(symbol) + " (FUNCTION = " + function
                        + ", LEFTARG = int, RIGHTARG = text, RESTRICT = eqsel," + " JOIN = eqjoinsel)");
        making.script.object("OPERATOR", making.in(symbol) + " (int, text)");
    }

    private void operatorClass() {
        String name = making.fresh();
        making.script.add(
                Kind.OPERATOR_CLASS,
                "CREATE OPERATOR CLASS " + name
                        + " FOR TYPE int8 USING btree AS OPERATOR 1 > (int8, int8), OPERATOR 2 >= (int8, int8),"
                        + " OPERATOR 3 = (int8, int8), OPERATOR 4 <= (int8, int8), OPERATOR 5 < (int8, int8), FUNCTION 1 (int8, int8) "
                        + backwards() + "(int8, int8)");
        making.script.object("OPERATOR CLASS", name + " USING btree");
        if (!making.tables.isEmpty()) {
            MadeTable table = making.table();
            making.script.add("CREATE INDEX ON " + table.name() + " (" + table.id() + " " + name + ")");
        }
    }

    private String backwards() {
        String name = making.fresh();
        making.script.add("CREATE FUNCTION " + name
                + "(int8, int8) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.btint8cmp($2, $1)'");
        return name;
    }

    private void cast() {
        String type = making.fresh();
        String function = making.fresh();
        making.script.add("CREATE TYPE " + type + " AS (a int, b text)");
        making.script.add(
                "CREATE FUNCTION " + function + "(" + type + ") RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1).a'");
        making.script.add(Kind.CAST, "CREATE CAST (" + type + " AS int) WITH FUNCTION " + function + " AS ASSIGNMENT");
        making.script.object("CAST", "(" + type + " AS int)");
    }
}
