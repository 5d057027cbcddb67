package dev.estran.lake;

import org.jspecify.annotations.Nullable;

/**
 * A column as CREATE TABLE or ALTER TABLE states it.
 *
 * @param type canonical DuckDB type
 * @param defaultSql checked constant expression applied on write where the column is not given, or null
 */
public record ColumnDefinition(
        String name,
        String type,
        boolean nullable,
        @Nullable String defaultSql,
        @Nullable String comment) {

    public static ColumnDefinition of(String name, String type) {
        return new ColumnDefinition(name, type, true, null, null);
    }
}
