package dev.holdfast.repository;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.testing.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void knownDigestsComeOut() {
        assertThat(Sha256.of(new byte[0]).hex()).isEqualTo(EMPTY);
        assertThat(Sha256.of("abc".getBytes(US_ASCII))).hasToString(ABC);
        assertThat(Sha256.of("xabcx".getBytes(US_ASCII), 1, 3).hex()).isEqualTo(ABC);
    }

    @Test
    void aDigestFedPieceByPieceIsTheSame() {
        var digest = Sha256.newDigest();
        digest.update((byte) 'a');
        digest.update("bc".getBytes(US_ASCII));
        assertThat(Sha256.finish(digest).hex()).isEqualTo(ABC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555",
                "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85\n",
                " 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "../0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "\u06603b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85"
            })
    void whatIsNotSixtyFourLowerCaseHexDigitsIsRefused(String text) {
        assertThatThrownBy(() -> Sha256.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digestsComeBackFromTheirTextAndStandInItsOrder() {
        Seeds.of("Sha256Test").rounds(500, random -> {
            var one = new Sha256(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
            var other = random.nextBoolean()
                    ? new Sha256(random.nextLong(), 0, 0, 0)
                    : new Sha256(one.first(), one.second(), one.third(), random.nextLong());
            assertThat(Sha256.parse(one.hex())).isEqualTo(one).hasSameHashCodeAs(one);
            assertThat(Integer.signum(one.compareTo(other)))
                    .isEqualTo(Integer.signum(one.hex().compareTo(other.hex())));
        });
    }
}
