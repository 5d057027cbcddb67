package dev.estran.sql;

import dev.estran.Column;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON. Integers and decimals without decimals within ±2^53 and finite doubles are numbers; other decimals, larger integers, NaN and infinities
 * are strings, so that no reader loses digits; dates and times are ISO 8601 strings, TIMESTAMPTZ in UTC; blobs base64;
 * nested values JSON.
 */
final class JsonValues {

    private static final long SAFE_INTEGER = 1L << 53;

    private static final BigDecimal LARGEST_SAFE = BigDecimal.valueOf(SAFE_INTEGER);

    private final boolean[] nested;

    JsonValues(List<Column> columns) {
        nested = new boolean[columns.size()];
        for (int i = 0; i < nested.length; i++) {
            nested[i] = isNested(columns.get(i).type());
        }
    }

    static boolean isNested(String type) {
        return type.endsWith("]")
                || type.startsWith("STRUCT")
                || type.startsWith("MAP")
                || type.startsWith("UNION")
                || type.equals("JSON")
                || type.equals("VARIANT");
    }

    void row(Chunk chunk, int row, ByteBuilder out) {
        out.add('[');
        for (int column = 0; column < nested.length; column++) {
            if (column > 0) {
                out.add(',');
            }
            value(chunk.value(row, column), nested[column], out);
        }
        out.add(']');
        out.add('\n');
    }

    void row(List<? extends @Nullable Object> row, ByteBuilder out) {
        out.add('[');
        for (int column = 0; column < nested.length; column++) {
            if (column > 0) {
                out.add(',');
            }
            value(row.get(column), nested[column], out);
        }
        out.add(']');
        out.add('\n');
    }

    private static void value(@Nullable Object value, boolean nested, ByteBuilder out) {
        switch (value) {
            case null -> out.ascii("null");
            case Boolean b -> out.ascii(b.toString());
            case Long l -> integer(l, out);
            case Integer i -> out.number(i);
            case Double d -> floating(d, out);
            case BigDecimal d -> decimal(d, out);
            case byte[] bytes -> out.quoted(Base64.getEncoder().encodeToString(bytes));
            case String text when nested -> out.json(text);
            default -> out.quoted(value.toString());
        }
    }

    private static void integer(long value, ByteBuilder out) {
        if (Math.abs(value) <= SAFE_INTEGER && value != Long.MIN_VALUE) {
            out.number(value);
        } else {
            out.quoted(Long.toString(value));
        }
    }

    /** HUGEINT comes with scale 0, as sum() of integers does; decimals keep their digits as strings. */
    private static void decimal(BigDecimal value, ByteBuilder out) {
        boolean safe = value.scale() == 0 && value.abs().compareTo(LARGEST_SAFE) <= 0;
        if (safe) {
            out.ascii(value.toPlainString());
        } else {
            out.quoted(value.toPlainString());
        }
    }

    private static void floating(double value, ByteBuilder out) {
        if (Double.isFinite(value)) {
            out.ascii(Double.toString(value));
        } else {
            out.quoted(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }
}
