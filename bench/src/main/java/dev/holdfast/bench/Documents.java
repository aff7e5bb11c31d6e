package dev.holdfast.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A script of psql that fills the table {@code documents} with JSON orders of 200 to 300 bytes. The same seed gives the same script.
 *
 * @param rows how many
 */
record Documents(long seed, int rows) implements Children.Input {
    @Override
    public void writeTo(OutputStream to) throws IOException {
        var random = new Seeded(seed);
        to.write("COPY documents (id, customer, created, body) FROM STDIN;\n".getBytes(UTF_8));
        var line = new StringBuilder();
        for (int id = 1; id <= rows; id++) {
            line.setLength(0);
            row(id, random, line);
            to.write(line.toString().getBytes(UTF_8));
        }
        to.write("\\.\n".getBytes(UTF_8));
    }

    private static void row(int id, Seeded random, StringBuilder line) {
        int customer = random.below(50_000);
        line.append(id).append('\t').append(customer).append('\t');
        random.moment(line);
        line.append("\t{\"number\":\"A-").append(1_000_000 + id).append("\",\"customer\":{\"name\":\"");
        line.append(random.word()).append(' ').append(random.word());
        line.append("\",\"mail\":\"").append(random.word()).append(customer).append("@example.com\"},\"items\":[");
        int items = 1 + random.below(3);
        for (int i = 0; i < items; i++) {
            line.append(i == 0 ? "" : ",")
                    .append("{\"sku\":\"")
                    .append(random.word())
                    .append('-');
            line.append(random.below(1000)).append("\",\"quantity\":").append(1 + random.below(9));
            line.append(",\"cents\":").append(99 + random.below(90_000)).append('}');
        }
        line.append("],\"paid\":").append(random.below(5) > 0).append(",\"note\":\"");
        random.words(4 + random.below(8), line);
        line.append("\"}\n");
    }
}
