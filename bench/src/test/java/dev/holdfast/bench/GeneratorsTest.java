package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.repository.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures of two machines can be compared only when their databases are the same. */
class GeneratorsTest {
    private static byte[] bytes(Children.Input script) throws IOException {
        var to = new ByteArrayOutputStream();
        script.writeTo(to);
        return to.toByteArray();
    }

    @Test
    void theSameSeedGivesTheSameDocumentsEverywhere() throws IOException {
        assertThat(Sha256.of(bytes(new Documents(7, 1000))).hex())
                .isEqualTo("ce442fbd55f93d323c71175cfb52978a7e7e793d6c0ba05e74f02cc59e4e8fd7");
        assertThat(bytes(new Documents(8, 1000))).isNotEqualTo(bytes(new Documents(7, 1000)));
    }

    @Test
    void theSameSeedGivesTheSameSmallTablesEverywhere() throws IOException {
        assertThat(Sha256.of(bytes(new SmallTables(7, 20, 100_000))).hex())
                .isEqualTo("d1de8d1a37faef4111d8094d9cba6d9921a66d0bacf420e57adf8cd8fbbb75cc");
    }

    @Test
    void aDocumentHasAboutTwoHundredToThreeHundredBytes() throws IOException {
        List<Integer> lengths = new String(bytes(new Documents(7, 1000)), UTF_8)
                .lines()
                .filter(line -> line.contains("\t{"))
                .map(line -> line.length() - line.indexOf("\t{") - 1)
                .toList();
        assertThat(lengths).hasSize(1000);
        assertThat(lengths.stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(200.0, 300.0);
    }

    @Test
    void smallTablesTakeTheBytesTheyWereGiven() throws IOException {
        assertThat(bytes(new SmallTables(7, 20, 1_000_000)).length).isBetween(1_000_000, 1_050_000);
    }
}
