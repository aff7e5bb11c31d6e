package dev.holdfast.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/**
 * Signals of the system taken over, by the class that the JDK has for it (module {@code jdk.unsupported}). The compiler warns of its use by
 * name, so it is found at run time; where it is missing, signals do what they always do.
 */
final class Signals {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private Signals() {}

    /**
     * Does something whenever a signal comes, instead of what was done before.
     *
     * @param name such as {@code INT}
     * @return gives the signal back; empty when it cannot be had, or is ignored by wish of whoever started us
     */
    static Optional<Runnable> take(String name, Runnable whenItComes) {
        try {
            Class<?> signals = Class.forName(SIGNAL);
            Class<?> handlers = Class.forName(HANDLER);
            Method handle = signals.getMethod("handle", signals, handlers);
            Object signal = signals.getConstructor(String.class).newInstance(name);
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlers}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            whenItComes.run();
                        }
                        return method.getName().equals("equals") ? proxy == arguments[0] : null;
                    });
            Object before = handle.invoke(null, signal, ours);
            Runnable giveBack = () -> handle(handle, signal, before);
            if (before.equals(handlers.getField("SIG_IGN").get(null))) {
                giveBack.run();
                return Optional.empty();
            }
            return Optional.of(giveBack);
        } catch (ReflectiveOperationException e) {
            return Optional.empty(); // another Java, or a system without that signal
        }
    }

    private static void handle(Method handle, Object signal, Object handler) {
        try {
            handle.invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a signal that was taken can be given back", e);
        }
    }
}
