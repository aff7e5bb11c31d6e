package dev.holdfast.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says when it gives up on us comes with advice. */
final class PgErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "ERROR: canceling statement due to conflict with recovery, 40001, hot_standby_feedback",
        "ERROR: canceling statement due to user request, 57014, somebody canceled",
        "ERROR: deadlock detected, 40P01, no migration",
        "FATAL: too many connections for role \"few\", 53300, three connections",
        "FATAL: remaining connection slots are reserved, 53300, three connections",
    })
    void eachHasAHint(String message, String state, String advice) {
        HoldfastException failure = PgErrors.of("reading", new SQLException(message, state));
        assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
        assertThat(failure.hint().orElse("")).contains(advice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"23514", "P0001", "42P01", "22012", "21000", "02000", "42501", "54001", "40P01", "40001", "55P03"
            })
    void whatACheckMayRaiseMayPassLater(String state) {
        assertThat(PgErrors.mayPassLater(new SQLException("no", state))).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "08006", "25006", "28000", "53100", "57014", "57P01", "58030", "F0000", "XX001"})
    void whatTellsOfTheServerOrTheSessionIsFinal(@Nullable String state) {
        assertThat(PgErrors.mayPassLater(new SQLException("no", state))).isFalse();
    }

    /** The words are in the server's language; what follows from them is not. */
    @ParameterizedTest
    @CsvSource({
        "FATAL: terminating connection due to conflict with recovery, 57P01",
        "FATAL: breche Verbindung ab wegen Konflikt mit der Wiederherstellung, 57P01",
        "ERROR: canceling statement due to conflict with recovery, 40001",
        "FEHLER: storniere Anfrage wegen Konflikt mit der Wiederherstellung, 40001",
        "An I/O error occurred while sending to the backend., 08006",
    })
    void whereAStandbyEndedASessionThatIsSaidInAnyLanguage(String message, String state) {
        HoldfastException failure = PgErrors.of("reading", new SQLException(message, state));
        assertThat(failure.code()).isEqualTo(state.equals("40001") ? ErrorCode.DATABASE_FAILED : ErrorCode.UNREACHABLE);
        assertThat(PgErrors.ofStandby(failure).hint().orElse("")).containsOnlyOnce("hot_standby_feedback");
    }

    @ParameterizedTest
    @CsvSource({
        "28P01, pg_hba.conf",
        "3D000, psql -l",
        "57P03, starting",
        "08001, is the server running",
        "53300, three connections"
    })
    void anotherReasonKeepsItsAdviceOnAStandby(String state, String advice) {
        HoldfastException failure = PgErrors.of("reading", new SQLException("no", state));
        assertThat(PgErrors.ofStandby(failure).hint().orElse(""))
                .contains(advice)
                .doesNotContain("hot_standby_feedback");
    }
}
