package dev.holdfast.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    @Test
    void numbersInVersionsAreOrderedAsNumbers() {
        List<String> ordered = List.of(
                "",
                "1",
                "1.0.9",
                "1.9",
                "1.9.1",
                "1.10",
                "2",
                "10",
                "20240101120000_users",
                "20240305090000",
                "a2",
                "a10");
        List<String> mixed = new ArrayList<>(ordered);
        Collections.shuffle(mixed, new Random(7));
        mixed.sort(new VersionOrder());
        assertThat(mixed).isEqualTo(ordered);
    }
}
