package dev.holdfast.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Lets several threads do something at the same moment. */
public final class Race {
    private Race() {}

    /** Runs as many racers as said, each in its own thread, all released at once; returns what each came to, in their order. */
    public static <T> List<T> run(int racers, IntFunction<Callable<T>> racer) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            var start = new CyclicBarrier(racers);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                Callable<T> task = racer.apply(i);
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
