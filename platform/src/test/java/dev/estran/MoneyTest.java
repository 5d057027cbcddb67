package dev.estran;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class MoneyTest {

    @Test
    void exactDigitsAreKeptForTheLedgerAndRoundedForPeople() {
        assertThat(money("0.000013705")).hasToString("0.000013705 EUR");
        assertThat(money("0.000013705").rounded()).isEqualTo("under 0.0001 EUR");
        assertThat(money("0.0001").rounded()).isEqualTo("0.0001 EUR");
        assertThat(money("0.012449").rounded()).isEqualTo("0.0124 EUR");
        assertThat(money("0.5").rounded()).isEqualTo("0.50 EUR");
        assertThat(money("1234.5678").rounded()).isEqualTo("1234.57 EUR");
        assertThat(money("0").rounded()).isEqualTo("0.00 EUR");
    }

    private static Money money(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }
}
