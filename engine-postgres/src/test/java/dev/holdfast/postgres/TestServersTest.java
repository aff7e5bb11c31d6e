package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.postgres.testing.EachPostgres;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.SchemaTexts;
import dev.holdfast.postgres.testing.TestServer;

final class TestServersTest {
    @EachPostgres
    void rowsAreComparedWhateverTheirOrderAndASingleValueTells(TestServer server) {
        try (var one = server.fresh();
                var other = server.fresh()) {
            one.must("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, NULL); CREATE TABLE none ()");
            other.must(
                    "CREATE TABLE t (b text, a int); INSERT INTO t VALUES (NULL, 2), ('x', 1); CREATE TABLE none ()");
            assertThat(IndependentRows.of(one)).hasSize(2).isEqualTo(IndependentRows.of(other));
            assertThat(SchemaTexts.of(one)).isNotEqualTo(SchemaTexts.of(other));

            other.must("UPDATE t SET b = '' WHERE b IS NULL");
            assertThat(IndependentRows.of(one).get("public.t"))
                    .isNotEqualTo(IndependentRows.of(other).get("public.t"));
        }
    }
}
