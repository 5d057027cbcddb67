package dev.estran.testing;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A failure to play. Exactly one of probability, every and next says which requests it meets.
 *
 * @param probability share of requests, drawn from seed and request number
 * @param every each nth matching request
 * @param next the next n matching requests, then never again
 * @param model the only model it meets; null for all
 * @param retryAfterSeconds sent with {@code rate_limit} and {@code server_error}
 */
public record Fault(
        Kind kind,
        @Nullable Double probability,
        @Nullable Integer every,
        @Nullable Integer next,
        @Nullable String model,
        @Nullable Integer retryAfterSeconds) {

    /** What goes wrong. Answers that are malformed, cut or nonsense are billed, as suppliers bill them. */
    public enum Kind {
        TIMEOUT,
        RATE_LIMIT,
        SERVER_ERROR,
        MALFORMED,
        CUT,
        NONSENSE,
        AUTH;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Fault {
        int given = (probability == null ? 0 : 1) + (every == null ? 0 : 1) + (next == null ? 0 : 1);
        if (given != 1) {
            throw new IllegalArgumentException(
                    "fault " + kind.wireName() + " needs exactly one of probability, every and next; it has " + given);
        }
        if (probability != null && !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability lies between 0 and 1, not " + probability);
        }
        if ((every != null && every < 1) || (next != null && next < 0)) {
            throw new IllegalArgumentException("fault " + kind.wireName() + ": every starts at 1 and next at 0");
        }
    }

    public static Fault next(Kind kind, int requests) {
        return new Fault(kind, null, null, requests, null, null);
    }

    public static Fault every(Kind kind, int nth) {
        return new Fault(kind, null, nth, null, null, null);
    }

    public static Fault share(Kind kind, double probability) {
        return new Fault(kind, probability, null, null, null, null);
    }
}
