package dev.estran.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody saves.
 *
 * @param text one or more statements
 * @param parameters by name without {@code $}, in the order in which they are asked for
 * @param chart how the result is drawn, as JSON that only the workspace reads; null for none
 */
public record QueryDraft(
        String name,
        String text,
        Map<String, QueryParameter> parameters,
        @Nullable String chart) {

    public QueryDraft {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
