package dev.estran.testing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One model that the simulator offers.
 *
 * @param inputPerMillion price of a million input tokens
 * @param accuracy share of right answers on tasks that do not name this model; null leaves it to the task
 * @param latency null takes the simulator's default
 * @param seed null takes the simulator's; models with the same seed err on the same texts
 */
public record SimulatedModel(
        String name,
        BigDecimal inputPerMillion,
        BigDecimal outputPerMillion,
        String currency,
        @Nullable Double accuracy,
        @Nullable Latency latency,
        @Nullable Long seed) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    public SimulatedModel {
        Task.checkAccuracy(accuracy);
        if (inputPerMillion.signum() < 0 || outputPerMillion.signum() < 0) {
            throw new IllegalArgumentException("a price of model " + name + " is negative");
        }
    }

    static SimulatedModel free(String name) {
        return new SimulatedModel(name, BigDecimal.ZERO, BigDecimal.ZERO, "EUR", null, null, null);
    }

    /** Exact: a million is a power of ten. */
    BigDecimal amount(long inputTokens, long outputTokens) {
        return inputPerMillion
                .multiply(BigDecimal.valueOf(inputTokens))
                .add(outputPerMillion.multiply(BigDecimal.valueOf(outputTokens)))
                .divide(MILLION);
    }
}
