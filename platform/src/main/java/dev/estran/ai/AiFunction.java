package dev.estran.ai;

import java.util.List;
import java.util.Optional;

/**
 * Signature of an AI function; the one source for argument resolution, EXPLAIN AI, completion and the reference page.
 *
 * @param name lower case, for example {@code ai_classify}
 * @param parameters in positional order; named options follow ({@code model}, {@code on_error})
 * @param returns DuckDB type of the answer
 * @param promptVersion enters the call identity, for example {@code ai_classify/1}
 * @param needsModel whether there is no local method
 */
public record AiFunction(
        String name,
        List<Parameter> parameters,
        String returns,
        String promptVersion,
        boolean needsModel,
        String summary) {

    public AiFunction {
        parameters = List.copyOf(parameters);
    }

    /**
     * @param type DuckDB type the argument is cast to before it is asked about
     * @param defaultSql SQL of the value where the argument is absent; empty where it is required
     * @param constant whether it must not vary by row
     */
    public record Parameter(String name, String type, Optional<String> defaultSql, boolean constant) {}
}
