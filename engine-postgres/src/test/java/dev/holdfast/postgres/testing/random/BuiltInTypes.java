package dev.holdfast.postgres.testing.random;

import static dev.holdfast.postgres.testing.random.ValueType.Trait.BUILT_IN;
import static dev.holdfast.postgres.testing.random.ValueType.Trait.COLLATABLE;
import static dev.holdfast.postgres.testing.random.ValueType.Trait.ORDERED;
import static dev.holdfast.postgres.testing.random.ValueType.Trait.TOASTABLE;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The types that a server brings, each with the ends of its range and what else is special. */
final class BuiltInTypes {
    private final List<ValueType> types = new ArrayList<>();
    private final Texts texts;

    private BuiltInTypes(Texts texts) {
        this.texts = texts;
    }

    static List<ValueType> of(int major, Texts texts) {
        var all = new BuiltInTypes(texts);
        all.numbers(major);
        all.characters();
        all.times(major);
        all.networkAndBits();
        all.documents();
        all.shapes();
        all.ranges();
        all.systemTypes();
        all.arrays();
        return all.types;
    }

    private void numbers(int major) {
        ordered("int2", "0", "-1", "32767", "-32768");
        ordered("int4", "0", "-1", "42", "2147483647", "-2147483648");
        ordered("int8", "0", "-1", "9223372036854775807", "-9223372036854775808");
        ordered("bool", "true", "false");
        ordered("float4", "0", "-0", "NaN", "Infinity", "-Infinity", "1e-45", "3.4028235e38", "0.1", "16777217");
        ordered("float8", "0", "-0", "NaN", "Infinity", "-Infinity", "5e-324", "1.7976931348623157e308", "0.1");
        add("float8", draw -> "'" + draw.gaussian() + "'::float8", ORDERED);
        ordered("numeric", "0", "-0.00", "NaN", "Infinity", "-Infinity", "1e-1000", "1.10", "-" + "9".repeat(400));
        ordered("numeric(10,2)", "0", "NaN", "99999999.99", "-0.01");
        if (major >= 15) {
            ordered("numeric(3,5)", "0", "0.00999", "-0.00001");
            ordered("numeric(3,-2)", "0", "99900", "-100");
        }
        ordered("money", "0", "-0.01", "92233720368547758.07", "-92233720368547758.08");
    }

    private void characters() {
        add("text", draw -> Texts.quoted(texts.text(draw)) + "::text", ORDERED, COLLATABLE, TOASTABLE);
        add("varchar", draw -> Texts.quoted(texts.text(draw)) + "::varchar", ORDERED, COLLATABLE, TOASTABLE);
        add("varchar(7)", draw -> Texts.quoted(texts.cuttable(draw)) + "::varchar(7)", ORDERED, COLLATABLE, TOASTABLE);
        add("char(5)", draw -> Texts.quoted(texts.cuttable(draw)) + "::char(5)", ORDERED, COLLATABLE, TOASTABLE);
        add("name", draw -> Texts.quoted(texts.cuttable(draw)) + "::name", ORDERED);
        literals("\"char\"", "", "a", "~", "'", " ", ",");
        add("bytea", draw -> "'\\x" + draw.hex(2 * draw.between(0, 40)) + "'::bytea", ORDERED, TOASTABLE);
        literals("bytea", "", "\\x00", "\\x5c4e", "\\x0a0d09", "\\xff00ff");
    }

    private void times(int major) {
        ordered("date", "infinity", "-infinity", "4714-11-24 BC", "5874897-12-31", "0044-03-15 BC", "2024-02-29");
        ordered("time", "00:00", "24:00:00", "23:59:59.999999");
        ordered("time(2)", "12:34:56.78");
        ordered("timetz", "00:00+15:59", "24:00:00-15:59", "12:34:56.7+05:45:10");
        ordered(
                "timestamp",
                "infinity",
                "-infinity",
                "4714-11-24 00:00:00 BC",
                "294276-12-31 23:59:59.999999",
                "epoch");
        ordered(
                "timestamptz",
                "infinity",
                "-infinity",
                "1883-11-18 12:03:58-08",
                "0001-01-01 BC",
                "2026-03-29 02:30+02");
        ordered("timestamptz(3)", "2026-01-01 00:00:00.123456+00");
        ordered(
                "interval",
                "0",
                "1 mon -2 days +03:04:05.000006",
                "-178000000 years",
                "178000000 years",
                "-00:00:00.000001");
        ordered("interval day to minute", "3 days 04:05");
        if (major >= 17) {
            ordered("interval", "infinity", "-infinity");
        }
    }

    private void networkAndBits() {
        ordered("inet", "0.0.0.0", "255.255.255.255/7", "::", "::ffff:1.2.3.4/96", "2001:db8::1");
        ordered("cidr", "10.0.0.0/8", "::/0", "2001:db8::/32");
        ordered("macaddr", "08:00:2b:01:02:03");
        ordered("macaddr8", "08:00:2b:01:02:03:04:05");
        ordered("bit(5)", "00000", "10110");
        ordered("bit varying", "", "1", "0".repeat(99) + "1");
        ordered("uuid", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff");
        add("uuid", draw -> "'" + draw.hex(32) + "'::uuid", ORDERED);
    }

    private void documents() {
        add("json", draw -> Texts.quoted(json(draw)) + "::json", TOASTABLE);
        literals("json", "  {\"a\" : 1, \"a\":2 }  ", "\"\\ud83d\\ude00\"", "null", "1e400");
        add("jsonb", draw -> Texts.quoted(json(draw)) + "::jsonb", TOASTABLE);
        literals("jsonb", "{}", "[]", "null", "{\"\": {\"b\": [1.00, -0, \"\\\\N\"]}}");
        literals("jsonpath", "$", "$.\"a b\"[*] ? (@ > 1)", "strict $.a");
        literals(
                "xml", "", "<a/>", "<a b=\"c\">&lt;x&gt;</a>", "text & nothing else".replace("&", "&amp;"), "<a/><b/>");
        literals("tsvector", "", "'a b':1A,2 c:3", "'it''s' '\\\\'");
        literals("tsquery", "", "'a b' & !c", "a <-> (b | c:*A)");
    }

    private String json(Draw draw) {
        String escaped = texts.text(draw)
                .chars()
                .collect(StringBuilder::new, BuiltInTypes::escape, StringBuilder::append)
                .toString();
        return "{\"" + escaped + "\": [" + draw.number() + ", null, true, \"" + escaped + "\"]}";
    }

    private static void escape(StringBuilder json, int c) {
        if (c == '"' || c == '\\') {
            json.append('\\').append((char) c);
        } else if (c < ' ') {
            json.append(String.format("\\u%04x", c));
        } else {
            json.append((char) c);
        }
    }

    private void shapes() {
        literals("point", "(0,-0)", "(NaN,Infinity)", "(1e-300,0.1)");
        literals("line", "{1,-1,0}", "{0.1,0.2,0.3}");
        literals("lseg", "[(0,0),(1,1e300)]");
        literals("box", "(1,1),(0,-1)");
        literals("path", "[(0,0),(1,1)]", "((0,0),(1,1),(2,0))");
        literals("polygon", "((0,0),(1,1),(2,0))");
        literals("circle", "<(0.1,0),1.5>");
    }

    private void ranges() {
        ordered("int4range", "empty", "[1,5)", "(,)", "[1,]");
        ordered("int8range", "(,0]", "empty");
        ordered("numrange", "[1.10,NaN]", "[-Infinity,0)");
        ordered("daterange", "[-infinity,infinity]", "[0044-03-15 BC,)");
        ordered("tsrange", "[epoch,\"2026-01-01 00:00:00.5\"]");
        ordered("tstzrange", "(epoch,infinity)");
        ordered("int4multirange", "{}", "{[1,2),[5,9)}", "{(,)}");
        ordered("tstzmultirange", "{[epoch,\"2026-01-01 00:00+00\"],[\"2027-01-01 00:00+00\",)}");
    }

    private void systemTypes() {
        ordered("oid", "0", "4294967295");
        literals("xid", "0", "4294967295");
        literals("cid", "0", "4294967295");
        ordered("xid8", "0", "18446744073709551615");
        ordered("tid", "(0,0)", "(4294967295,65535)");
        ordered("pg_lsn", "0/0", "FFFFFFFF/FFFFFFFF");
        literals("pg_snapshot", "10:20:10,14,15");
        literals("txid_snapshot", "10:20:10,14,15");
        ordered("regclass", "pg_catalog.pg_class", "-");
        ordered("regproc", "pg_catalog.now", "-");
        ordered("regprocedure", "pg_catalog.abs(int4)");
        ordered("regoper", "pg_catalog.||/");
        ordered("regoperator", "pg_catalog.+(int4,int4)");
        ordered("regtype", "pg_catalog.int4[]", "pg_catalog.timestamptz");
        ordered("regrole", "postgres");
        ordered("regnamespace", "pg_catalog");
        ordered("regconfig", "pg_catalog.english");
        ordered("regdictionary", "pg_catalog.simple");
        ordered("regcollation", "pg_catalog.\"C\"");
        literals("aclitem", "postgres=arwd*/postgres", "=r/postgres");
        ordered("oidvector", "", "1 2 3");
        literals("int2vector", "", "1 -2 3");
        literals("refcursor", "", "my cursor");
    }

    private void arrays() {
        literals("int4[]", "{}", "{NULL}", "{1,NULL,3}", "[2:3]={1,2}", "[0:1][-1:0]={{1,2},{3,4}}");
        literals("text[]", "{}", "{NULL,\"NULL\",\"\"}", "{\"a\\\"b\",\"c\\\\d\",\"e,f\",\"{}\",\" \"}");
        literals("int4range[]", "{\"[1,2)\",empty}");
        literals("xml[]", "{<a/>,NULL}");
        add("text[]", draw -> "ARRAY[" + Texts.quoted(texts.text(draw)) + ", NULL]::text[]", TOASTABLE);
    }

    private void ordered(String type, String... values) {
        add(type, draw -> Texts.quoted(draw.of(values)) + "::" + type, ORDERED);
    }

    private void literals(String type, String... values) {
        add(type, draw -> Texts.quoted(draw.of(values)) + "::" + type);
    }

    private void add(String type, Function<Draw, String> written, ValueType.Trait... traits) {
        Set<ValueType.Trait> all = EnumSet.of(BUILT_IN, traits);
        types.add(new ValueType(type, written, all));
    }
}
