package dev.estran.ai;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A method of this process that answers an AI function without any model outside. Deterministic and thread-safe. */
public interface LocalMethod {

    /** Name and version, for example {@code local/mask@1}. */
    String served();

    /**
     * Looks at the arguments that are the same for all rows, once, before the first row. What it throws stops the
     * statement.
     *
     * @throws dev.estran.EstranException INVALID_ARGUMENT, or NEEDS_MODEL where only a model could answer
     */
    default void check(Map<String, @Nullable Object> constants) {}

    /**
     * The answer: String (JSON text for nested types), Boolean, Double; null to abstain.
     *
     * @param args by parameter name, constants typed, values of rows as text
     * @throws dev.estran.EstranException where this row cannot be answered: an error of the row, not of the statement
     */
    @Nullable
    Object apply(Map<String, @Nullable Object> args);
}
