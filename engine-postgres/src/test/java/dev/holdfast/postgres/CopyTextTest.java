package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.PieceBytes;
import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Backups read apart with no database at hand. */
final class CopyTextTest {
    @Test
    void fieldsSayWhatCopyEscaped() {
        var text = new CopyText("UTF8");
        assertThat(text.value("\\N".getBytes(UTF_8))).isEmpty();
        assertThat(text.value("\\\\N".getBytes(UTF_8))).contains("\\N");
        assertThat(text.value("".getBytes(UTF_8))).contains("");
        assertThat(text.value("a\\tb\\nc\\\\d\\r\\b\\f\\v".getBytes(UTF_8))).contains("a\tb\nc\\d\r\b\f\u000b");
        assertThat(text.value("größe 🐘".getBytes(UTF_8))).contains("größe 🐘");
        assertThat(new CopyText("LATIN1").value("größe".getBytes(ISO_8859_1))).contains("größe");
    }

    @EachPostgres
    void aSchemaIsTakenApartByObject(TestServer server) {
        try (TestDatabase database = server.fresh()) {
            database.must("CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x');"
                    + " CREATE SCHEMA s; CREATE TABLE s.t (a int); CREATE INDEX i ON t (b);"
                    + " CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT\n\n--\n1 $$;"
                    + " COMMENT ON TABLE t IS 'one\n--\n-- Name: no; Type: TABLE; Schema: public; Owner: no\n--\n'");
            Map<String, String> objects = Captures.with(database, 1, capture -> {
                var text = new CopyText("UTF8");
                byte[] schema = capture.pieces().stream()
                        .filter(piece -> piece.name().equals(text.schemaPiece()))
                        .map(PieceBytes::bytes)
                        .findFirst()
                        .orElseThrow();
                return text.objects(new String(schema, UTF_8));
            });
            assertThat(objects)
                    .doesNotContainKey("TABLE public.no")
                    .containsKeys("SCHEMA s", "TABLE public.t", "TABLE s.t", "INDEX public.i", "FUNCTION public.f()");
            assertThat(objects.get("TABLE s.t"))
                    .isEqualTo(
                            "-- Owner: postgres using heap\nCREATE TABLE s.t (\n    a integer\n);\n\n\nALTER TABLE s.t OWNER TO postgres;");
            assertThat(objects.get("INDEX public.i"))
                    .isEqualTo("-- Owner: postgres\nCREATE INDEX i ON public.t USING btree (b);");
            assertThat(objects.get("FUNCTION public.f()")).contains("SELECT\n\n--\n1 $$");
        }
    }
}
