package dev.estran.sql;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The value of a parameter.
 *
 * @param type engine type, for example {@code DATE}; {@code DECIMAL} alone takes the places of its value
 * @param value its text, or null
 */
public record TypedValue(String type, @Nullable String value) {

    private static final Set<String> DECIMAL = Set.of("DECIMAL", "NUMERIC");
    private static final int LEAST_DIGITS = 18;
    private static final int MOST_DIGITS = 38;
    /** Nothing longer is a decimal; and the text of a hostile exponent is never written out. */
    private static final int MOST_CHARACTERS = 60;

    /** The type with the places that its value needs: the engine's own default would round a fourth decimal away. */
    String exactType() {
        String text = value;
        if (text == null
                || text.length() > MOST_CHARACTERS
                || !DECIMAL.contains(type.strip().toUpperCase(Locale.ROOT))) {
            return type;
        }
        try {
            BigDecimal number = new BigDecimal(text.strip());
            int places = Math.max(0, number.scale());
            int digits = Math.max(LEAST_DIGITS, number.precision() - number.scale() + places);
            return places <= digits && digits <= MOST_DIGITS ? "DECIMAL(" + digits + ", " + places + ")" : type;
        } catch (NumberFormatException e) {
            return type; // the engine's error says what is wrong
        }
    }
}
