package dev.estran.query;

import org.jspecify.annotations.Nullable;

/**
 * What a saved query knows of one of its parameters.
 *
 * @param type engine type, for example {@code DATE}
 * @param given whether there is a value to start from; without one the caller must give it
 * @param value its text, or null for NULL
 */
public record QueryParameter(
        String type, boolean given, @Nullable String value) {}
