package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.List;
import java.util.Locale;

/**
 * An AI call with its arguments resolved.
 *
 * @param keys expressions of the varying arguments as text, in the order of {@link AiCall#varying()}
 * @param alwaysNull whether an argument is the constant NULL, so that the answer is NULL without asking
 */
record BoundCall(AiCall call, List<JsonNode> keys, OnError onError, boolean alwaysNull) {

    /** What an error of one row becomes. */
    enum OnError {
        FAIL,
        NULL,
        DETAIL;

        static OnError parse(String text) {
            for (OnError value : values()) {
                if (value.name().equals(text.toUpperCase(Locale.ROOT))) {
                    return value;
                }
            }
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "on_error is 'fail', 'null' or 'detail', not '" + text + "'.");
        }
    }

    /** Type of the call's value in the query. */
    String type() {
        return onError == OnError.DETAIL ? "STRUCT(response " + call.returns() + ", error VARCHAR)" : call.returns();
    }

    /** Equal for calls whose answers may share one table: all but the row's arguments and the handling of errors. */
    String signature() {
        return call.function().name()
                + call.constants()
                + call.options().get("model")
                + call.varying()
                + call.returns();
    }
}
