package dev.estran.sql.duckdb;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A platform thread that all calls into one engine connection run on. Native calls pin the carrier of a virtual thread, so
 * a few long queries would stop every other virtual thread of the process; and the engine recurses over deep trees, for
 * which the stacks of carriers are too small (a query nested 900 deep ended the process).
 */
final class EngineThread implements AutoCloseable {

    /** Reserved, not used, until a query is nested deeply. */
    private static final long STACK_BYTES = 128L << 20;

    /** What runs on the thread. */
    @FunctionalInterface
    interface Work<T extends @org.jspecify.annotations.Nullable Object> {
        T run() throws SQLException;
    }

    private final ExecutorService executor;
    private volatile @org.jspecify.annotations.Nullable Thread thread;

    EngineThread(String name) {
        executor = Executors.newSingleThreadExecutor(work -> {
            Thread fresh = Thread.ofPlatform()
                    .name(name)
                    .daemon()
                    .stackSize(STACK_BYTES)
                    .unstarted(work);
            thread = fresh;
            return fresh;
        });
    }

    /** Runs the work and waits for it. An interrupt of the caller calls {@code stop} and still waits. */
    <T extends @org.jspecify.annotations.Nullable Object> T call(Work<T> work, Runnable stop) throws SQLException {
        if (Thread.currentThread().equals(thread)) {
            return work.run();
        }
        Future<T> future = executor.submit(work::run);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    stop.run();
                } catch (ExecutionException e) {
                    throw rethrow(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SQLException rethrow(@org.jspecify.annotations.Nullable Throwable cause) throws SQLException {
        switch (cause) {
            case SQLException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> throw new EstranException(ErrorCode.INTERNAL, "The engine thread failed.", cause);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
