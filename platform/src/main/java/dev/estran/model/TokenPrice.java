package dev.estran.model;

import java.math.BigDecimal;

/**
 * A supplier's price per million tokens, in the supplier's currency.
 *
 * @param currency ISO 4217 code
 */
public record TokenPrice(BigDecimal input, BigDecimal output, String currency) {

    /** Price of a call, exact, in {@link #currency}. */
    public BigDecimal of(long tokensIn, long tokensOut) {
        return input.multiply(BigDecimal.valueOf(tokensIn))
                .add(output.multiply(BigDecimal.valueOf(tokensOut)))
                .movePointLeft(6);
    }
}
