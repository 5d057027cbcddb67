package dev.estran.ai;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Lets one of several askers of the same thing ask, and the others wait for its answer. Thread-safe. */
final class SingleFlight<R> {

    /** Asks. */
    @FunctionalInterface
    interface Question<R> {
        R ask() throws InterruptedException;
    }

    private final ConcurrentMap<String, CompletableFuture<@Nullable R>> flights = new ConcurrentHashMap<>();

    /**
     * The answer, asked for here or by whoever is asking already. Where the one asking fails by exception (its budget, its
     * cancellation), those who wait ask for themselves.
     */
    R get(String key, Question<R> question) throws InterruptedException {
        while (true) {
            CompletableFuture<@Nullable R> mine = new CompletableFuture<>();
            CompletableFuture<@Nullable R> other = flights.putIfAbsent(key, mine);
            if (other == null) {
                @Nullable R answer = null;
                try {
                    answer = question.ask();
                    return answer;
                } finally {
                    flights.remove(key, mine);
                    mine.complete(answer);
                }
            }
            R answer = await(other);
            if (answer != null) {
                return answer;
            }
        }
    }

    private static <R> @Nullable R await(CompletableFuture<@Nullable R> other) throws InterruptedException {
        try {
            return other.get();
        } catch (ExecutionException e) {
            return null;
        }
    }
}
