package dev.estran.model;

/**
 * Bounds of one logical call.
 *
 * @param attempts how often a call is sent at most, repairs of its form included
 * @param baseDelayMillis mean of the first pause between attempts; doubles each time
 * @param maxDelayMillis longest pause
 * @param totalMillis longest time for all attempts and pauses together
 * @param connectMillis time to connect
 * @param firstByteMillis time from sending to the first byte of the answer
 * @param attemptMillis time for one attempt as a whole
 * @param maxConnections connections to one supplier
 * @param bodyBytes largest answer read
 */
public record CallLimits(
        int attempts,
        long baseDelayMillis,
        long maxDelayMillis,
        long totalMillis,
        int connectMillis,
        long firstByteMillis,
        long attemptMillis,
        int maxConnections,
        int bodyBytes) {

    public static final CallLimits DEFAULT =
            new CallLimits(4, 250, 20_000, 300_000, 5_000, 60_000, 120_000, 256, 8 << 20);

    /** These limits with another number of attempts and another time for each. */
    public CallLimits with(int attempts, long attemptMillis) {
        return new CallLimits(
                attempts,
                baseDelayMillis,
                maxDelayMillis,
                Math.max(totalMillis, attemptMillis),
                connectMillis,
                Math.min(firstByteMillis, attemptMillis),
                attemptMillis,
                maxConnections,
                bodyBytes);
    }
}
