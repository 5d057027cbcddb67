package dev.estran.sql;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement to run.
 *
 * @param session id of an open session, or null for one of its own
 * @param text one statement
 * @param parameters values for {@code $name} in it
 * @param rowLimit rows the result keeps, or null for the configured limit; never above it
 * @param aiBudget money its model calls may cost, in the reporting currency, or null for the session's
 * @param timeoutMillis time it may take, or null for the session's
 */
public record SqlRequest(
        @Nullable String session,
        String text,
        Map<String, TypedValue> parameters,
        @Nullable Long rowLimit,
        @Nullable BigDecimal aiBudget,
        @Nullable Long timeoutMillis) {

    public SqlRequest {
        parameters = Map.copyOf(parameters);
    }

    /** Just a text, everything else by default. */
    public static SqlRequest of(String text) {
        return new SqlRequest(null, text, Map.of(), null, null, null);
    }

    /** The request that says what the AI calls of this one would cost. */
    SqlRequest explained(long mostMillis) {
        return new SqlRequest(session, "EXPLAIN AI " + text, parameters, rowLimit, aiBudget, mostMillis);
    }

    /** With values for its parameters. */
    public SqlRequest with(Map<String, TypedValue> values) {
        return new SqlRequest(session, text, values, rowLimit, aiBudget, timeoutMillis);
    }

    public SqlRequest in(String sessionId) {
        return new SqlRequest(sessionId, text, parameters, rowLimit, aiBudget, timeoutMillis);
    }
}
