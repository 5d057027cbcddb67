package dev.estran.ai;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One AI call of a statement, with what is the same for all of its rows.
 *
 * @param constants arguments that do not vary by row, by parameter name, typed: String, Boolean, Long, BigDecimal,
 *     Double, List or Map of these
 * @param varying names of the parameters whose values come per row, in key order
 * @param options named options as given: {@code model}, {@code on_error}
 * @param returns DuckDB type of this call's answer (depends on the arguments for ai_query and ai_extract)
 */
public record AiCall(
        AiFunction function,
        Map<String, @Nullable Object> constants,
        java.util.List<String> varying,
        Map<String, Object> options,
        String returns) {}
