package dev.holdfast.run;

import dev.holdfast.error.ErrorCode;
import dev.holdfast.error.HoldfastException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks side by side and waits for all of them. */
public final class Workers {
    private Workers() {}

    /**
     * Runs each task in a thread of its own. When one fails, the others are interrupted, and once all have ended the first failure is
     * thrown.
     */
    public static void runAll(String name, List<Runnable> tasks) {
        ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, tasks.size()), task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        CompletionService<Void> completion = new ExecutorCompletionService<>(executor);
        List<Future<Void>> futures = new ArrayList<>();
        tasks.forEach(task -> futures.add(completion.submit(task, null)));
        Throwable failure = null;
        for (int ended = 0; ended < tasks.size(); ended++) {
            try {
                completion.take().get();
            } catch (ExecutionException e) {
                if (failure == null) {
                    failure = e.getCause();
                    executor.shutdownNow();
                } else if (failure != e.getCause()) {
                    failure.addSuppressed(e.getCause());
                }
            } catch (InterruptedException e) {
                executor.shutdownNow();
                Thread.currentThread().interrupt();
                throw new HoldfastException(ErrorCode.INTERRUPTED, "interrupted", e);
            }
        }
        executor.shutdown();
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }
}
