package dev.holdfast.run;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The host that this process runs on. */
public final class ThisHost {
    private ThisHost() {}

    /** Its name; {@code unknown} where it has none. */
    public static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown"; // a host without a name is still a host
        }
    }
}
