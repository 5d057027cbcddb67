package dev.estran.testing;

import java.math.BigDecimal;

/**
 * What one request id has cost. A supplier charges every answer: {@code charges} above 1 shows an id sent again.
 *
 * @param requestId the {@code X-Request-Id} sent, else the id the simulator gave
 */
public record Bill(
        String requestId,
        String model,
        int charges,
        long inputTokens,
        long outputTokens,
        BigDecimal amount,
        String currency) {

    Bill plus(Bill more) {
        return new Bill(
                requestId,
                more.model,
                charges + more.charges,
                inputTokens + more.inputTokens,
                outputTokens + more.outputTokens,
                amount.add(more.amount),
                more.currency);
    }
}
