package dev.holdfast.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.cli.Cli;
import dev.holdfast.postgres.testing.IndependentRows;
import dev.holdfast.postgres.testing.TestCertificate;
import dev.holdfast.postgres.testing.TestDatabase;
import dev.holdfast.postgres.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are as long as they may be are read and loaded side by side in a small heap, over TLS as well. */
final class LongRowsTest {
    @TempDir
    private Path folder;

    @Test
    void rowsOf64MegabytesOverTlsFitInAHeapOf256() {
        assumeTrue(TestCertificate.canBeMade());
        var certificate = TestCertificate.make(folder, "server");
        try (TestServer server = certificate.serve("", certificate);
                TestDatabase shop = server.fresh();
                TestDatabase copy = server.database("copy")) {
            for (String table : new String[] {"one", "two"}) {
                shop.must("""
                        CREATE TABLE %1$s (t text);
                        ALTER TABLE %1$s ALTER t SET STORAGE EXTERNAL;
                        INSERT INTO %1$s SELECT repeat(md5('%1$s' || i), 2 << 20) FROM generate_series(1, 2) i;
                        """.formatted(table));
            }
            var cli = Cli.of(shop, folder.resolve("repository"))
                    .with("HOLDFAST_DB", shop.url() + "?sslmode=require")
                    .with(
                            "HOLDFAST_JAVA_OPTIONS",
                            "-XX:TieredStopAtLevel=4"); // ciphers are slow without the optimizing compiler
            cli.start("", "backup", "-j", "2").await().well();
            cli.start("", "restore", "latest", "--into", copy.name(), "-j", "2")
                    .await()
                    .well();
            assertThat(IndependentRows.of(copy)).isEqualTo(IndependentRows.of(shop));
        }
    }
}
