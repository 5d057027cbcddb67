package dev.estran.ai;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks with at most so many under way: as soon as one ends the next starts, there is no barrier. Results are
 * consumed on the calling thread. When the budget is used up, what is under way ends by itself: it is paid for, and its
 * answers are kept. When anything else fails, or the work is cancelled, it is interrupted. Either way all of it has ended
 * before {@link #run} returns.
 */
final class Window<T, R> {

    /** How often cancellation is looked for while nothing happens. */
    private static final long POLL_MILLIS = 50;

    /** One task; runs on a thread of its own. */
    @FunctionalInterface
    interface Work<T, R> {
        R run(T task) throws InterruptedException;
    }

    /** How a task ended: a result, or what it threw. */
    private record Ended<R>(
            Thread thread, @Nullable R result, @Nullable Throwable thrown) {}

    private final int size;
    private final ThreadFactory threads;
    private final BooleanSupplier cancelled;

    Window(int size, ThreadFactory threads, BooleanSupplier cancelled) {
        this.size = size;
        this.threads = threads;
        this.cancelled = cancelled;
    }

    /**
     * @param next the next task, or null when there is none; called on the calling thread
     * @param sink takes the results in the order they come
     */
    void run(Supplier<@Nullable T> next, Work<T, R> work, Consumer<R> sink) {
        Set<Thread> running = new HashSet<>();
        BlockingQueue<Ended<R>> ended = new LinkedBlockingQueue<>();
        try {
            boolean more = true;
            EstranException spent = null;
            while (more || !running.isEmpty()) {
                while (more && running.size() < size) {
                    check();
                    T task = next.get();
                    more = task != null;
                    if (task != null) {
                        running.add(start(task, work, ended));
                    }
                }
                Ended<R> first = running.isEmpty() ? null : ended.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                check();
                for (Ended<R> one = first; one != null; one = ended.poll()) {
                    running.remove(one.thread());
                    if (one.thrown() instanceof EstranException e && e.code() == ErrorCode.AI_BUDGET_EXCEEDED) {
                        spent = e;
                        more = false;
                    } else {
                        consume(one, sink);
                    }
                }
            }
            if (spent != null) {
                throw spent;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } finally {
            stop(running);
        }
    }

    private Thread start(T task, Work<T, R> work, BlockingQueue<Ended<R>> ended) {
        Thread thread = threads.newThread(() -> {
            Thread self = Thread.currentThread();
            try {
                ended.add(new Ended<>(self, work.run(task), null));
            } catch (InterruptedException | RuntimeException | Error e) {
                ended.add(new Ended<>(self, null, e));
            }
        });
        thread.start();
        return thread;
    }

    private static <R> void consume(Ended<R> one, Consumer<R> sink) {
        R result = one.result();
        switch (one.thrown()) {
            case null -> {
                if (result != null) {
                    sink.accept(result);
                }
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case InterruptedException e -> throw cancelled();
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void check() {
        if (cancelled.getAsBoolean()) {
            throw cancelled();
        }
    }

    private static EstranException cancelled() {
        return new EstranException(ErrorCode.CANCELLED, "The statement was cancelled. Answers so far are kept.");
    }

    private static void stop(Set<Thread> running) {
        running.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : running) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
