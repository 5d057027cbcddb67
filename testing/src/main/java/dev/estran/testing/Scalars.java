package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Turns a known value into the number or boolean that is asked for. */
final class Scalars {

    private Scalars() {}

    /** Null where the value cannot be read so. */
    static JsonNode of(String type, JsonNode value) {
        if (type.equals("boolean")) {
            return value.isBoolean() || value.asText().matches("true|false")
                    ? BooleanNode.valueOf(value.asBoolean())
                    : NullNode.getInstance();
        }
        if (value.isNumber() && (type.equals("number") || value.isIntegralNumber())) {
            return value;
        }
        try {
            BigDecimal number = new BigDecimal(value.asText().strip());
            return type.equals("integer")
                    ? BigIntegerNode.valueOf(
                            number.setScale(0, RoundingMode.HALF_EVEN).toBigInteger())
                    : DecimalNode.valueOf(number);
        } catch (NumberFormatException e) {
            return NullNode.getInstance();
        }
    }
}
