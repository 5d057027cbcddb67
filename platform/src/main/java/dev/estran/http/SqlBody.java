package dev.estran.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.SqlRequest;
import dev.estran.sql.TypedValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/sql}. What is not understood is refused rather than passed over: a limit that was
 * misspelt would not hold.
 *
 * @param waitMillis how long to wait for the end before answering
 */
record SqlBody(SqlRequest request, long waitMillis) {

    private static final Set<String> FIELDS = Set.of("statement", "session", "parameters", "limits");
    private static final Set<String> LIMITS = Set.of("rows", "ai_budget", "timeout_ms", "wait_ms");
    private static final long DEFAULT_WAIT_MILLIS = 2000;
    private static final long MAX_MILLIS = 604_800_000;

    static SqlBody of(ObjectNode body) {
        known(body, FIELDS);
        String statement = text(body, "statement");
        if (statement == null) {
            throw wrong("statement", "a text");
        }
        ObjectNode limits = object(body, "limits");
        known(limits, LIMITS);
        Long wait = number(limits, "wait_ms", 0, MAX_MILLIS);
        return new SqlBody(
                new SqlRequest(
                        text(body, "session"),
                        statement,
                        parameters(object(body, "parameters")),
                        number(limits, "rows", 0, Long.MAX_VALUE - 1),
                        money(limits),
                        number(limits, "timeout_ms", 1, MAX_MILLIS)),
                wait == null ? DEFAULT_WAIT_MILLIS : wait);
    }

    private static void known(ObjectNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT,
                        "There is no field '" + name + "'. Known are " + new TreeSet<>(known) + ".");
            }
        });
    }

    private static EstranException wrong(String field, String expected) {
        return new EstranException(ErrorCode.INVALID_ARGUMENT, "'" + field + "' expects " + expected + ".");
    }

    private static @Nullable String text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.asText();
    }

    private static ObjectNode object(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value instanceof ObjectNode object) {
            return object;
        }
        if (value.isMissingNode() || value.isNull()) {
            return body.objectNode();
        }
        throw wrong(field, "an object");
    }

    private static @Nullable Long number(ObjectNode limits, String field, long least, long most) {
        JsonNode value = limits.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
            throw wrong("limits." + field, "a whole number of at least " + least);
        }
        return value.asLong();
    }

    private static @Nullable BigDecimal money(ObjectNode limits) {
        JsonNode value = limits.path("ai_budget");
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            BigDecimal amount = new BigDecimal(value.asText());
            if (amount.signum() >= 0) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong("limits.ai_budget", "an amount such as \"2.50\"");
    }

    /** {@code {"since": {"type": "DATE", "value": "2025-01-01"}}}; a bare value gets its natural type. */
    private static Map<String, TypedValue> parameters(ObjectNode given) {
        Map<String, TypedValue> parameters = new HashMap<>();
        given.properties()
                .forEach(field -> parameters.put(field.getKey(), parameter(field.getKey(), field.getValue())));
        return parameters;
    }

    private static TypedValue parameter(String name, JsonNode value) {
        if (value instanceof ObjectNode typed) {
            known(typed, Set.of("type", "value"));
            JsonNode text = typed.path("value");
            if (text.isContainerNode() || !typed.path("type").isTextual()) {
                throw wrong("parameters." + name, "{\"type\": \"DATE\", \"value\": \"2025-01-31\"} or a bare value");
            }
            return new TypedValue(
                    typed.path("type").asText(), text.isNull() || text.isMissingNode() ? null : text.asText());
        }
        if (value.isArray()) {
            throw wrong("parameters." + name, "{\"type\": ..., \"value\": ...} or a bare value, not a list");
        }
        String type = value.isBoolean()
                ? "BOOLEAN"
                : value.isIntegralNumber() ? "BIGINT" : value.isNumber() ? "DOUBLE" : "VARCHAR";
        return new TypedValue(type, value.isNull() ? null : value.asText());
    }
}
