package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Column definitions to Iceberg schemas and back, and the texts DuckDB needs to write and read files of a schema. */
final class Schemas {

    /** Table property that holds the default of the column with the id that follows. */
    static final String DEFAULT_PREFIX = "estran.default.";

    private static final int MAX_COLUMNS = 2_000;
    private static final int MAX_NAME_LENGTH = 255;

    private Schemas() {}

    /** A schema with ids counted breadth-first from 1, the way Iceberg numbers a new table. */
    static Schema fresh(List<ColumnDefinition> columns) {
        Schema schema = new Schema(fields(columns));
        AtomicInteger next = new AtomicInteger();
        return TypeUtil.assignFreshIds(schema, next::incrementAndGet);
    }

    /** A schema that takes the place of another: columns of the same name keep their ids, others get unused ones. */
    static Schema replacing(List<ColumnDefinition> columns, Schema base, int lastColumnId) {
        AtomicInteger next = new AtomicInteger(lastColumnId);
        return TypeUtil.assignFreshIds(new Schema(fields(columns)), base, next::incrementAndGet);
    }

    /** The columns with the types tables store them in. */
    static List<ColumnDefinition> storable(List<ColumnDefinition> columns) {
        return columns.stream()
                .map(c -> new ColumnDefinition(
                        c.name(), TypeMapping.castFor(c.type()), c.nullable(), c.defaultSql(), c.comment()))
                .toList();
    }

    static List<ColumnDefinition> columns(Schema schema, Map<String, String> properties) {
        return schema.columns().stream()
                .map(f -> new ColumnDefinition(
                        f.name(),
                        TypeMapping.toDuck(f.type()),
                        f.isOptional(),
                        properties.get(DEFAULT_PREFIX + f.fieldId()),
                        f.doc()))
                .toList();
    }

    static Map<String, String> defaults(List<ColumnDefinition> columns, Schema schema) {
        Map<String, String> properties = new HashMap<>();
        for (ColumnDefinition column : columns) {
            if (column.defaultSql() != null) {
                properties.put(DEFAULT_PREFIX + schema.findField(column.name()).fieldId(), column.defaultSql());
            }
        }
        return properties;
    }

    static void checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A name has 1 to " + MAX_NAME_LENGTH + " characters, none of them a control character.");
        }
    }

    /** {@code {'id': 1, 'tags': {__duckdb_field_id: 5, element: 8}}}. */
    static String fieldIds(Schema schema) {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        schema.columns().forEach(f -> text.add(fieldId(f)));
        return text.toString();
    }

    /** {@code MAP {1: {name: 'id', type: 'BIGINT', default_value: NULL}}}. */
    static String readSchema(Schema schema) {
        StringJoiner text = new StringJoiner(", ", "MAP {", "}");
        for (Types.NestedField f : schema.columns()) {
            text.add(f.fieldId() + ": {name: " + Identifiers.literal(f.name()) + ", type: "
                    + Identifiers.literal(TypeMapping.toDuck(f.type())) + ", default_value: NULL}");
        }
        return text.toString();
    }

    /**
     * Whether every schema the table has had holds today's columns under the same ids, names and types, so that its files
     * can be read by name. Who removes old schemas from a table's metadata must rewrite the files written with them.
     */
    static boolean readableByName(Collection<Schema> all, Schema now) {
        return all.stream()
                .allMatch(schema -> namesDifferInMoreThanCase(schema)
                        && now.columns().stream().allMatch(column -> sameIn(schema, column)));
    }

    private static boolean sameIn(Schema schema, Types.NestedField column) {
        Types.NestedField other = schema.asStruct().field(column.fieldId());
        return other != null
                && other.name().equals(column.name())
                && other.type().equals(column.type());
    }

    private static boolean namesDifferInMoreThanCase(Schema schema) {
        Set<String> names = new HashSet<>();
        return schema.columns().stream()
                .allMatch(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
    }

    /** The field of a name as a user writes it, upper and lower case being the same. */
    static Types.@Nullable NestedField find(Schema schema, String name) {
        for (Types.NestedField f : schema.columns()) {
            if (f.name().equalsIgnoreCase(name)) {
                return f;
            }
        }
        return null;
    }

    private static List<Types.NestedField> fields(List<ColumnDefinition> columns) {
        if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "A table has 1 to " + MAX_COLUMNS + " columns, not " + columns.size() + ".");
        }
        Set<String> seen = new HashSet<>();
        AtomicInteger ids = new AtomicInteger();
        List<Types.NestedField> fields = new ArrayList<>();
        for (ColumnDefinition column : columns) {
            checkName(column.name());
            if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new EstranException(
                        ErrorCode.ALREADY_EXISTS,
                        "Two columns are called " + column.name() + ". Give one of them another name.");
            }
            int id = ids.incrementAndGet();
            Type type = TypeMapping.toIceberg(column.type(), ids::incrementAndGet);
            fields.add(
                    column.nullable()
                            ? Types.NestedField.optional(id, column.name(), type, column.comment())
                            : Types.NestedField.required(id, column.name(), type, column.comment()));
        }
        return fields;
    }

    private static String fieldId(Types.NestedField field) {
        return Identifiers.literal(field.name()) + ": " + fieldId(field.fieldId(), field.type());
    }

    private static String fieldId(int id, Type type) {
        if (type.isPrimitiveType()) {
            return Integer.toString(id);
        }
        StringJoiner text = new StringJoiner(", ", "{", "}").add("__duckdb_field_id: " + id);
        if (type.isStructType()) {
            type.asStructType().fields().forEach(f -> text.add(fieldId(f)));
        } else if (type.isListType()) {
            Types.ListType list = type.asListType();
            text.add("element: " + fieldId(list.elementId(), list.elementType()));
        } else {
            Types.MapType map = type.asMapType();
            text.add("key: " + fieldId(map.keyId(), map.keyType()));
            text.add("value: " + fieldId(map.valueId(), map.valueType()));
        }
        return text.toString();
    }
}
