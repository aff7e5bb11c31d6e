package dev.holdfast.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import dev.holdfast.run.Run;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One psql that is told a dump's statements, in its restricted mode: whatever stands in them, it runs no command of its own. It goes on after
 * errors. Used by one thread; the caller closes it.
 */
final class PsqlFeed implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final String ABORTED = "ERROR:  25P02:";
    private static final String RESTRICTED = "backslash commands are restricted; only \\unrestrict is allowed";

    private final PipedProcess psql;
    private final OutputStream input;
    private final RestoreErrors errors;
    private final Run run;
    private final String key = mark();
    private final BlockingQueue<String> reached = new LinkedBlockingQueue<>();
    private volatile String awaited = "";
    private volatile boolean failed;
    private volatile boolean probing;
    private boolean gone;

    /**
     * @param client of the database that is filled
     */
    PsqlFeed(PgPrograms.Program program, ClientEnvironment client, RestoreErrors errors, Run run) {
        this.errors = errors;
        this.run = run;
        List<String> command = List.of(
                program.path().toString(),
                "-XqAt",
                "--no-password",
                "--set=ON_ERROR_STOP=0",
                "--set=VERBOSITY=verbose",
                "--file=-");
        this.psql = PipedProcess.start(command, client.variables(), true, this::line, run);
        this.input = new BufferedOutputStream(psql.input(), BUFFER);
        write("\\restrict " + key + "\n");
    }

    private static String mark() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** On the thread that reads what psql prints. */
    private void line(String line) {
        boolean aborted = line.contains(ABORTED);
        if (aborted || line.equals(awaited)) {
            reached.add(aborted ? ABORTED : line);
        }
        if (!(probing && line.endsWith(RESTRICTED)) && errors.take(line)) {
            failed = true;
        }
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        write(bytes, 0, bytes.length);
    }

    /** Hands on what the dump says. What psql does not take, since it has ended, is left out. */
    void write(byte[] text, int from, int to) {
        if (gone) {
            return;
        }
        try {
            input.write(text, from, to - from);
        } catch (IOException e) {
            gone = true;
        }
    }

    /** What comes next begins on a line of its own. */
    void lineEnd() {
        write("\n");
    }

    /**
     * Waits until psql has run all that it was given.
     *
     * @return whether there was an error since the last time
     */
    boolean sync() {
        reached.clear();
        ask("");
        String answer = answer();
        while (!answer.isEmpty() && !answer.equals(awaited)) {
            if (answer.equals(ABORTED)) {
                ask("ROLLBACK;\n"); // a transaction of the dump's own has failed
            }
            answer = answer();
        }
        boolean errorSince = failed || gone;
        failed = false;
        return errorSince;
    }

    private void ask(String before) {
        awaited = mark();
        write(before + "SELECT '" + awaited + "';\n");
        flush();
    }

    private void flush() {
        try {
            input.flush();
        } catch (IOException e) {
            gone = true;
        }
    }

    /** What was waited for, or what came instead; empty when psql has ended. */
    private String answer() {
        try {
            while (true) {
                String answer = reached.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (answer != null) {
                    return answer;
                }
                run.checkInterrupted();
                if (!psql.isAlive()) {
                    gone = true;
                    return "";
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.INTERRUPTED, "psql was interrupted", e);
        }
    }

    /** Whether a COPY of no rows is taken: psql would take the rows of one that is not for statements. */
    boolean takes(byte[] copy, int length) {
        sync();
        probing = true;
        write(copy, 0, length);
        write("\n\\.\n");
        boolean taken = !sync();
        probing = false;
        return taken;
    }

    /** Waits until all was done. An error of psql itself is counted as the dump's. */
    void finish() {
        sync();
        write("\\unrestrict " + key + "\n");
        flush();
        close(input);
        int exit = psql.await(run);
        if (exit != 0 || gone) {
            errors.fail("psql ended early, with exit code " + exit);
        }
    }

    private static void close(OutputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            return; // it has ended, and its exit code says how
        }
    }

    @Override
    public void close() {
        psql.close();
    }
}
