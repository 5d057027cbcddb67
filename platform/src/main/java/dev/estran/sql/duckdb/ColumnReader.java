package dev.estran.sql.duckdb;

import dev.estran.Column;
import dev.estran.Identifiers;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.Base64;
import java.util.Locale;
import org.duckdb.DuckDBReadableVector;

/**
 * How a column is read: the expression that is selected, and how a value is taken from its vector. Vectors have getters for
 * scalar types only.
 */
record ColumnReader(String expression, Value value) {

    /** Takes a value that is not NULL. */
    @FunctionalInterface
    interface Value {
        Object read(DuckDBReadableVector vector, int row);
    }

    static ColumnReader of(Column column) {
        String name = Identifiers.quote(column.name());
        String type = column.type().toUpperCase(Locale.ROOT);
        if (isNested(type)) {
            return new ColumnReader("CAST(to_json(" + name + ") AS VARCHAR)", DuckDBReadableVector::getString);
        }
        if (type.startsWith("DECIMAL")) {
            return new ColumnReader(name, DuckDBReadableVector::getBigDecimal);
        }
        return switch (type) {
            case "BOOLEAN" -> new ColumnReader(name, DuckDBReadableVector::getBoolean);
            case "BIGINT" -> new ColumnReader(name, DuckDBReadableVector::getLong);
            case "TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER" ->
                new ColumnReader("CAST(" + name + " AS BIGINT)", DuckDBReadableVector::getLong);
            case "HUGEINT" -> new ColumnReader(name, (vector, row) -> new BigDecimal(vector.getHugeInt(row)));
            case "UHUGEINT" -> new ColumnReader(name, (vector, row) -> new BigDecimal(vector.getUHugeInt(row)));
            case "UBIGINT" -> new ColumnReader(name, (vector, row) -> new BigDecimal(vector.getUint64(row)));
            case "DOUBLE" -> new ColumnReader(name, DuckDBReadableVector::getDouble);
            // By its shortest text, so that 0.1 stays 0.1.
            case "FLOAT" ->
                new ColumnReader(name, (vector, row) -> Double.valueOf(Float.toString(vector.getFloat(row))));
            case "VARCHAR" -> new ColumnReader(name, DuckDBReadableVector::getString);
            case "DATE" -> new ColumnReader(name, Times::date);
            case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS" ->
                new ColumnReader("CAST(" + name + " AS TIMESTAMP)", Times::timestamp);
            case "TIMESTAMP_NS" -> new ColumnReader(name, DuckDBReadableVector::getLocalDateTime);
            case "TIMESTAMP WITH TIME ZONE" -> new ColumnReader(name, Times::instant);
            case "TIME" -> new ColumnReader(text(name), (vector, row) -> time(vector.getString(row)));
            case "BLOB" ->
                new ColumnReader(
                        "base64(" + name + ")",
                        (vector, row) -> Base64.getDecoder().decode(vector.getString(row)));
            default -> new ColumnReader(text(name), DuckDBReadableVector::getString);
        };
    }

    private static String text(String name) {
        return "CAST(" + name + " AS VARCHAR)";
    }

    private static boolean isNested(String type) {
        return type.endsWith("]")
                || type.startsWith("STRUCT(")
                || type.startsWith("MAP(")
                || type.startsWith("UNION(")
                || type.equals("VARIANT");
    }

    /** 24:00:00 is a time to the engine only; it stays text. */
    private static Object time(String text) {
        return text.startsWith("24") ? text : LocalTime.parse(text);
    }
}
