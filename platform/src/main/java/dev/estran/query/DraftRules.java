package dev.estran.query;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What may be saved: everything has a bound. */
final class DraftRules {

    static final int MAX_NAME = 200;
    static final int MAX_CHART = 20_000;
    static final int MAX_PARAMETERS = 100;
    static final int MAX_TYPE = 200;
    static final int MAX_VALUE = 10_000;

    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}|[1-9][0-9]?");

    private final long textLimitBytes;

    DraftRules(long textLimitBytes) {
        this.textLimitBytes = textLimitBytes;
    }

    /** The draft with its name trimmed. */
    QueryDraft check(QueryDraft draft) {
        String name = draft.name().strip();
        if (name.isEmpty() || name.codePointCount(0, name.length()) > MAX_NAME) {
            throw wrong("The name of a saved query has 1 to " + MAX_NAME + " characters.");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw wrong("The name of a saved query has no line breaks or other control characters.");
        }
        if (draft.text().isBlank()) {
            throw wrong("There is no text to save.");
        }
        int bytes = draft.text().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > textLimitBytes) {
            throw new EstranException(
                    ErrorCode.STATEMENT_TOO_LARGE,
                    "The text has " + bytes + " bytes; " + textLimitBytes
                            + " are allowed (sql.statement_limit_bytes).");
        }
        parameters(draft.parameters());
        chart(draft.chart());
        return new QueryDraft(name, draft.text(), draft.parameters(), draft.chart());
    }

    private static void parameters(Map<String, QueryParameter> parameters) {
        if (parameters.size() > MAX_PARAMETERS) {
            throw wrong(parameters.size() + " parameters; at most " + MAX_PARAMETERS + " are kept.");
        }
        parameters.forEach((name, parameter) -> {
            String value = parameter.value();
            if (!PARAMETER.matcher(name).matches()) {
                throw wrong("'" + name + "' cannot be a parameter: letters, digits and _ make its name.");
            }
            if (parameter.type().isBlank() || parameter.type().length() > MAX_TYPE) {
                throw wrong("The type of the parameter " + name + " has 1 to " + MAX_TYPE + " characters.");
            }
            if (value != null && value.length() > MAX_VALUE) {
                throw wrong("The value of the parameter " + name + " has more than " + MAX_VALUE + " characters.");
            }
        });
    }

    private static void chart(@Nullable String chart) {
        if (chart != null && chart.length() > MAX_CHART) {
            throw wrong("The chart's description has more than " + MAX_CHART + " characters.");
        }
    }

    private static EstranException wrong(String message) {
        return new EstranException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
