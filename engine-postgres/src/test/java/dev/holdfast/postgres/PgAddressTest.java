package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PgAddressTest {
    private static PgAddress of(String url) {
        return PgAddress.of(url, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@h:5433/d,              h,                   5433, d,   u,   p",
        "postgres://u:p@h/d,                     h,                   5432, d,   u,   p",
        "postgresql://u:p%40ss@h/d,              h,                   5432, d,   u,   p@ss",
        "postgresql://u:p@ss@h/d,                h,                   5432, d,   u,   p@ss",
        "postgresql://u:a%3Ab:c%2F@h/d,          h,                   5432, d,   u,   a:b:c/",
        "postgresql://u:a+b@h/d,                 h,                   5432, d,   u,   a+b",
        "postgresql://u%20v:p@h/My%20Table,      h,                   5432, My Table, u v, p",
        "postgresql://u:p@h/%E2%98%83,           h,                   5432, ☃,   u,   p",
        "postgresql://u:p@[::1]:5433/d,          ::1,                 5433, d,   u,   p",
        "postgresql://u:p@[fe80::1]/d,           fe80::1,             5432, d,   u,   p",
        "postgresql://u:p@/d?host=/run/pg&port=7, /run/pg,            7,    d,   u,   p",
        "postgresql://u:p@%2Frun%2Fpg/d,         /run/pg,             5432, d,   u,   p",
        "postgresql:///d?user=u&password=p&host=h, h,                 5432, d,   u,   p",
        "postgresql://h?dbname=d&user=u&password=p, h,                5432, d,   u,   p",
        "postgresql://u:p@h,                     h,                   5432, u,   u,   p",
        "postgresql://u:p@h/,                    h,                   5432, u,   u,   p",
    })
    void aUriSaysWhereAndWho(String url, String host, int port, String database, String user, String password) {
        PgAddress address = of(url);
        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
        assertThat(address.database()).isEqualTo(database);
        assertThat(address.login().user()).isEqualTo(user);
        assertThat(address.login().password()).contains(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u@h:x/d",
                "postgresql://u@h:0/d",
                "postgresql://u@h:65536/d",
                "postgresql://u@h:-1/d",
                "postgresql://u@h:/d",
                "postgresql://u@h/%zz",
                "postgresql://u@h/d?nonsense=1",
                "postgresql://u@h/d?sslmode",
                "postgresql://u@h/d?=x",
                "postgresql://u@h/d?",
                "postgresql://u@h/%00",
            })
    void aUriThatIsNotUnderstoodIsRefused(String url) {
        assertThatThrownBy(() -> of(url))
                .isInstanceOfSatisfying(
                        HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_USAGE));
    }

    @Test
    void severalHostsAreRefused() {
        for (String url : new String[] {"postgresql://a,b/d", "postgresql://a:1,b:2/d", "postgresql:///d?host=a,b"}) {
            assertThatThrownBy(() -> of(url))
                    .as(url)
                    .isInstanceOfSatisfying(
                            HoldfastException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
        }
    }

    @Test
    void theEnvironmentCompletesWhatTheUriLeavesOut() {
        Map<String, String> environment = Map.of(
                "PGHOST",
                "eh",
                "PGPORT",
                "99",
                "PGDATABASE",
                "ed",
                "PGUSER",
                "eu",
                "PGPASSWORD",
                "ep",
                "PGSSLMODE",
                "require");
        PgAddress nothing = PgAddress.of("", environment);
        assertThat(nothing.toString()).isEqualTo("database ed as eu at eh:99");
        assertThat(nothing.login().password()).contains("ep");
        assertThat(nothing.options()).containsEntry("sslmode", "require");

        PgAddress all = PgAddress.of("postgresql://u:p@h:1/d?sslmode=disable", environment);
        assertThat(all.toString()).isEqualTo("database d as u at h:1");
        assertThat(all.login().password()).contains("p");
        assertThat(all.options()).containsEntry("sslmode", "disable");
    }

    @Test
    void aSessionIsCalledHoldfastUnlessSomebodyNamesIt() {
        assertThat(of("postgresql://h/d").options()).containsEntry("application_name", "holdfast");
        assertThat(of("postgresql://h/d?application_name=nightly").options())
                .containsEntry("application_name", "nightly");
        assertThat(PgAddress.of("", Map.of("PGAPPNAME", "from here")).options())
                .containsEntry("application_name", "from here");
    }

    @Test
    void noTextShowsAPassword() {
        PgAddress address = of("postgresql://u:canary@[::1]/d?password=canary&sslmode=disable");
        assertThat(address.toString() + address.login() + address.withDatabase("x"))
                .doesNotContain("canary")
                .contains("[::1]:5432");
    }
}
