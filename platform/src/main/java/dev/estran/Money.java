package dev.estran;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in one currency, exact to a millionth of its unit or finer.
 *
 * @param currency ISO 4217 code
 */
public record Money(BigDecimal amount, String currency) {

    private static final BigDecimal LEAST_SHOWN = new BigDecimal("0.0001");

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(amount.add(other.amount), currency);
    }

    /** Plain decimal digits with at least two decimals, no exponent: {@code 0.0124}, {@code 2.50}. */
    public String digits() {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 2
                ? stripped.setScale(2, RoundingMode.UNNECESSARY).toPlainString()
                : stripped.toPlainString();
    }

    /** For people: two decimals from one unit on, four below it, {@code under 0.0001 EUR} for what is less. */
    public String rounded() {
        BigDecimal size = amount.abs();
        if (amount.signum() > 0 && size.compareTo(LEAST_SHOWN) < 0) {
            return "under " + LEAST_SHOWN.toPlainString() + " " + currency;
        }
        int decimals = size.compareTo(BigDecimal.ONE) < 0 ? 4 : 2;
        return new Money(amount.setScale(decimals, RoundingMode.HALF_UP), currency).toString();
    }

    @Override
    public String toString() {
        return digits() + " " + currency;
    }
}
