package dev.estran.testing;

/**
 * How long a simulated model takes: log-normal with this median and 99th percentile, or fixed where they are equal.
 */
public record Latency(double medianMillis, double p99Millis) {

    private static final double Z99 = 2.3263478740408408;
    private static final long LIMIT_MILLIS = 600_000;

    public Latency {
        if (!(medianMillis >= 0) || !(p99Millis >= medianMillis)) {
            throw new IllegalArgumentException(
                    "latency needs 0 <= median <= p99, not " + medianMillis + " and " + p99Millis);
        }
    }

    public static Latency fixed(double millis) {
        return new Latency(millis, millis);
    }

    long millis(long seed, long request) {
        if (p99Millis == medianMillis || medianMillis == 0) {
            return Math.round(medianMillis);
        }
        double sigma = Math.log(p99Millis / medianMillis) / Z99;
        double millis = medianMillis * Math.exp(sigma * Chance.normal(seed, "latency", request));
        return Math.min(LIMIT_MILLIS, Math.round(millis));
    }
}
