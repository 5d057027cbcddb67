package dev.estran.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns tokens and machine time into money of the reporting currency. Unknown stays unknown. Immutable. */
public final class Prices {

    /** Digits after the point of amounts: a billionth of the unit. */
    static final int SCALE = 9;

    private static final BigDecimal NANOS_PER_HOUR = BigDecimal.valueOf(3_600_000_000_000L);

    private final String currency;
    private final String date;
    private final Map<String, BigDecimal> unitsPerReporting;
    private final BigDecimal cpuHour;

    private Prices(String currency, String date, Map<String, BigDecimal> units, BigDecimal cpuHour) {
        this.currency = currency;
        this.date = date;
        this.unitsPerReporting = units;
        this.cpuHour = cpuHour;
    }

    /** The rate table shipped with Estran. */
    public static Prices shipped() {
        try (InputStream in = Prices.class.getResourceAsStream("/prices/rates.json")) {
            JsonNode file = new JsonMapper().readTree(in);
            Map<String, BigDecimal> units = new TreeMap<>();
            String currency = file.path("currency").asText();
            units.put(currency, BigDecimal.ONE);
            file.path("units").properties().forEach(e -> units.put(e.getKey(), decimal(e.getValue())));
            return new Prices(
                    currency,
                    file.path("date").asText(),
                    units,
                    decimal(file.path("cpu_hour").path("amount")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BigDecimal decimal(JsonNode number) {
        return new BigDecimal(number.asText());
    }

    /** @param amount price of an hour of one core, in the reporting currency */
    public Prices withCpuHour(BigDecimal amount) {
        return new Prices(currency, date, unitsPerReporting, amount);
    }

    /** The reporting currency. */
    public String currency() {
        return currency;
    }

    /** The day the conversion rates are of, ISO. */
    public String date() {
        return date;
    }

    public Money zero() {
        return Money.zero(currency);
    }

    /** @throws EstranException INVALID_ARGUMENT where there is no conversion rate */
    public void requireCurrency(String code) {
        if (!unitsPerReporting.containsKey(code)) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is no conversion rate for the currency " + code + ". Known: "
                            + String.join(", ", unitsPerReporting.keySet()) + ".");
        }
    }

    /** What the tokens cost; null where the price is unknown. Rounded up at the ninth decimal. */
    public @Nullable Money cost(@Nullable TokenPrice price, long tokensIn, long tokensOut) {
        if (price == null) {
            return null;
        }
        BigDecimal units = unitsPerReporting.get(price.currency());
        if (units == null) {
            return null;
        }
        return money(price.of(tokensIn, tokensOut).divide(units, MathContext.DECIMAL64));
    }

    /** What a core costs for this long. */
    public Money cpu(long nanos) {
        return money(cpuHour.multiply(BigDecimal.valueOf(nanos)).divide(NANOS_PER_HOUR, MathContext.DECIMAL64));
    }

    private Money money(BigDecimal amount) {
        return new Money(amount.setScale(SCALE, RoundingMode.UP), currency);
    }
}
