package dev.estran.lake;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's file metrics from the statistics DuckDB gives for a file it wrote. A bound that cannot be stated exactly in
 * Iceberg's terms is left out, which costs other engines some pruning; a wrong one would cost them rows.
 */
final class FileMetrics {

    private static final int STRING_BOUND_LENGTH = 16;

    private final Map<Integer, Long> sizes = new HashMap<>();
    private final Map<Integer, Long> values = new HashMap<>();
    private final Map<Integer, Long> nulls = new HashMap<>();
    private final Map<Integer, Long> nans = new HashMap<>();
    private final Map<Integer, ByteBuffer> lower = new HashMap<>();
    private final Map<Integer, ByteBuffer> upper = new HashMap<>();

    private FileMetrics() {}

    static Metrics of(Schema schema, StagedFile file) {
        FileMetrics metrics = new FileMetrics();
        file.columnStatistics().forEach((path, statistics) -> {
            Leaf leaf = find(schema.asStruct(), path(path));
            if (leaf != null) {
                metrics.add(leaf, statistics);
            }
        });
        return new Metrics(
                file.rows(), metrics.sizes, metrics.values, metrics.nulls, metrics.nans, metrics.lower, metrics.upper);
    }

    /** Nulls in a top-level column, or 0 where the file does not say. */
    static long nullCount(StagedFile file, String column) {
        for (var entry : file.columnStatistics().entrySet()) {
            List<String> path = path(entry.getKey());
            if (path.size() == 1 && path.getFirst().equals(column)) {
                return Long.parseLong(entry.getValue().getOrDefault("null_count", "0"));
            }
        }
        return 0;
    }

    private record Leaf(int id, Type type, boolean repeated) {}

    private void add(Leaf leaf, Map<String, String> statistics) {
        put(sizes, leaf.id(), statistics.get("column_size_bytes"));
        put(values, leaf.id(), statistics.get("num_values"));
        put(nulls, leaf.id(), statistics.get("null_count"));
        put(nans, leaf.id(), statistics.get("nan_count"));
        String min = statistics.get("min");
        String max = statistics.get("max");
        if (min == null || max == null || leaf.repeated() || "true".equals(statistics.get("has_nan"))) {
            return;
        }
        ByteBuffer low = bound(leaf.type(), min, true);
        ByteBuffer high = bound(leaf.type(), max, false);
        if (low != null && high != null) {
            lower.put(leaf.id(), low);
            upper.put(leaf.id(), high);
        }
    }

    private static void put(Map<Integer, Long> map, int id, @Nullable String number) {
        if (number != null) {
            map.put(id, Long.valueOf(number));
        }
    }

    private static @Nullable ByteBuffer bound(Type type, String text, boolean lower) {
        try {
            Literal<?> literal = literal(type, text, lower);
            return literal == null ? null : Conversions.toByteBuffer(type, literal.value());
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            // Infinite and far-off dates have no literal, a decimal of another scale would be misread.
            return null;
        }
    }

    private static @Nullable Literal<?> literal(Type type, String text, boolean lower) {
        return switch (type.typeId()) {
            // The engine writes 1 and 0; the bound of a boolean is worth little, a misread one costs rows.
            case BOOLEAN ->
                switch (text) {
                    case "1", "true" -> Literal.of(true);
                    case "0", "false" -> Literal.of(false);
                    default -> null;
                };
            case INTEGER -> Literal.of(Integer.parseInt(text));
            case LONG -> Literal.of(Long.parseLong(text));
            case FLOAT -> {
                float value = Float.parseFloat(text);
                yield Literal.of(value == 0 ? (lower ? -0.0f : 0.0f) : value);
            }
            case DOUBLE -> {
                double value = Double.parseDouble(text);
                yield Literal.of(value == 0 ? (lower ? -0.0 : 0.0) : value);
            }
            case DECIMAL -> Literal.of(new BigDecimal(text).setScale(((Types.DecimalType) type).scale()));
            case STRING ->
                lower
                        ? UnicodeUtil.truncateStringMin(Literal.of((CharSequence) text), STRING_BOUND_LENGTH)
                        : UnicodeUtil.truncateStringMax(Literal.of((CharSequence) text), STRING_BOUND_LENGTH);
            case DATE -> Literal.of((CharSequence) text).to(type);
            case TIMESTAMP -> timestamp((Types.TimestampType) type, text);
            default -> null;
        };
    }

    private static @Nullable Literal<?> timestamp(Types.TimestampType type, String text) {
        String iso = text.replace(' ', 'T');
        if (type.shouldAdjustToUTC()) {
            iso = iso.replaceFirst("([+-]\\d\\d)$", "$1:00");
        }
        return Literal.of((CharSequence) iso).to(type);
    }

    /** {@code "a"."b ""c"""} to {@code [a, b "c"]}. */
    private static List<String> path(String quoted) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '"' && inside && i + 1 < quoted.length() && quoted.charAt(i + 1) == '"') {
                part.append(c);
                i++;
            } else if (c == '"') {
                inside = !inside;
            } else if (c == '.' && !inside) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static @Nullable Leaf find(Types.StructType root, List<String> path) {
        Type type = root;
        int id = -1;
        boolean repeated = false;
        for (String part : path) {
            if (type.isStructType()) {
                Types.NestedField field = type.asStructType().field(part);
                if (field == null) {
                    return null;
                }
                id = field.fieldId();
                type = field.type();
            } else if (type.isListType() && part.equals("element")) {
                repeated = true;
                id = type.asListType().elementId();
                type = type.asListType().elementType();
            } else if (type.isMapType() && (part.equals("key") || part.equals("value"))) {
                repeated = true;
                boolean key = part.equals("key");
                id = key ? type.asMapType().keyId() : type.asMapType().valueId();
                type = key ? type.asMapType().keyType() : type.asMapType().valueType();
            } else {
                return null;
            }
        }
        return type.isPrimitiveType() ? new Leaf(id, type, repeated) : null;
    }
}
