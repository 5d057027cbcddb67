package dev.estran.sql;

import org.jspecify.annotations.Nullable;

/**
 * The value of a parameter.
 *
 * @param type engine type, for example {@code DATE}
 * @param value its text, or null
 */
public record TypedValue(String type, @Nullable String value) {}
