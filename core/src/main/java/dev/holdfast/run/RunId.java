package dev.holdfast.run;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name of one run: 128 random bits as 32 lower-case hex digits, so that two runs never share one. */
public record RunId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public RunId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a run id: " + hex);
        }
    }

    /** A new id from the given source of randomness. */
    public static RunId random(SecureRandom random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return new RunId(HexFormat.of().formatHex(bytes));
    }

    @Override
    public String toString() {
        return hex;
    }
}
