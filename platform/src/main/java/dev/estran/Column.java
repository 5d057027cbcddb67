package dev.estran;

/**
 * A column of a table or result.
 *
 * @param type the type as DuckDB prints it, for example {@code DECIMAL(12,2)} or {@code STRUCT(a INTEGER)}
 */
public record Column(String name, String type, boolean nullable) {

    public Column(String name, String type) {
        this(name, type, true);
    }
}
