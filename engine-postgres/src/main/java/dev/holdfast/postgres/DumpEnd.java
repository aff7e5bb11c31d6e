package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.holdfast.run.Run;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a dump on its way, of which the end is remembered: pg_dump's last words show that nothing is missing. */
final class DumpEnd extends FilterInputStream {
    private static final int REMEMBERED = 1024;
    private static final Pattern LAST_WORDS = Pattern.compile(
            "\n--\n-- PostgreSQL database( cluster)? dump complete\n--\n\n(?:\\\\unrestrict (\\w+)\n\n)?$");

    private final Run run;
    private byte[] last = {};
    private long bytes;

    DumpEnd(InputStream text, Run run) {
        super(text);
        this.run = run;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        run.checkInterrupted();
        int read = super.read(into, from, length);
        if (read > 0) {
            bytes += read;
            remember(into, from, read);
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 1 ? -1 : one[0] & 0xff;
    }

    private void remember(byte[] read, int from, int length) {
        int kept = Math.min(last.length, Math.max(0, REMEMBERED - length));
        int added = Math.min(length, REMEMBERED);
        var now = new byte[kept + added];
        System.arraycopy(last, last.length - kept, now, 0, kept);
        System.arraycopy(read, from + length - added, now, kept, added);
        last = now;
    }

    /** How much text there was. */
    long bytes() {
        return bytes;
    }

    /**
     * What is wrong with the end.
     *
     * @param cluster whether it has to be that of pg_dumpall
     * @param restriction what the last {@code \restrict} that stands at the beginning of a line said, if there is one that is still open
     */
    Optional<String> fault(boolean cluster, Optional<String> restriction) {
        Matcher end = LAST_WORDS.matcher(new String(last, ISO_8859_1).replace("\r", ""));
        if (!end.find() || (cluster && end.group(1) == null)) {
            return Optional.of("it does not end with \"-- PostgreSQL database " + (cluster ? "cluster " : "")
                    + "dump complete\" and what follows that");
        }
        return restriction.isPresent() ? Optional.of("its last \\restrict is not taken back") : Optional.empty();
    }
}
