package dev.estran.lake;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What a DuckDB type becomes in an Iceberg table, and how it comes back. */
public final class TypeMapping {

    private TypeMapping() {}

    /**
     * The DuckDB type in which a value of the given type is stored without loss; equal to the given type, in DuckDB's own
     * spelling, where tables have it. Write {@code CAST(column AS <this>)} when writing a file.
     *
     * @throws EstranException TYPE_NOT_SUPPORTED, saying what to cast to
     */
    public static String castFor(String duckType) {
        return storable(DuckTypeParser.parse(duckType)).sql();
    }

    /** The Iceberg type of a storable DuckDB type; nested ids come from the supplier. */
    static Type toIceberg(String duckType, IntSupplier ids) {
        return toIceberg(storable(DuckTypeParser.parse(duckType)), ids);
    }

    /** The DuckDB type of an Iceberg type, as DuckDB prints it. */
    public static String toDuck(Type type) {
        return duck(type).sql();
    }

    private static DuckType storable(DuckType type) {
        return switch (type) {
            case DuckType.ListOf list -> new DuckType.ListOf(storable(list.element()));
            case DuckType.MapOf map -> new DuckType.MapOf(storable(map.key()), storable(map.value()));
            case DuckType.Struct struct ->
                new DuckType.Struct(struct.fields().stream()
                        .map(f -> new DuckType.Field(f.name(), storable(f.type())))
                        .toList());
            case DuckType.Other other -> storableOther(other);
            case DuckType.Scalar scalar -> storableScalar(scalar);
        };
    }

    private static DuckType storableOther(DuckType.Other type) {
        if (type.name().equals("ENUM")) {
            return DuckType.Scalar.of("VARCHAR");
        }
        throw notSupported(type.name(), "a STRUCT with one field per member, or to VARCHAR");
    }

    private static DuckType storableScalar(DuckType.Scalar type) {
        return switch (type.name()) {
            case "BOOLEAN",
                    "INTEGER",
                    "BIGINT",
                    "FLOAT",
                    "DOUBLE",
                    "DECIMAL",
                    "VARCHAR",
                    "BLOB",
                    "DATE",
                    "TIME",
                    "UUID" -> type;
            case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> type;
            case "TINYINT", "SMALLINT", "UTINYINT", "USMALLINT", "NULL" -> DuckType.Scalar.of("INTEGER");
            case "UINTEGER" -> DuckType.Scalar.of("BIGINT");
            case "UBIGINT" -> DuckType.Scalar.decimal(20, 0);
            case "HUGEINT", "UHUGEINT" -> DuckType.Scalar.decimal(38, 0);
            case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> DuckType.Scalar.of("TIMESTAMP");
            case "JSON" -> DuckType.Scalar.of("VARCHAR");
            case "INTERVAL" -> throw notSupported("INTERVAL", "VARCHAR, or store its parts as numbers");
            case "TIME WITH TIME ZONE" -> throw notSupported(type.name(), "TIME, or store a TIMESTAMP WITH TIME ZONE");
            case "BIT" -> throw notSupported("BIT", "BLOB or VARCHAR");
            case "BIGNUM" -> throw notSupported("BIGNUM", "DECIMAL(38,0) or VARCHAR");
            case "VARIANT" -> throw notSupported("VARIANT", "JSON or VARCHAR");
            case "GEOMETRY" -> throw notSupported("GEOMETRY", "VARCHAR (well-known text) or BLOB");
            default -> throw notSupported(type.name(), "VARCHAR");
        };
    }

    private static EstranException notSupported(String type, String instead) {
        return new EstranException(
                ErrorCode.TYPE_NOT_SUPPORTED, "Tables have no type " + type + ". Cast it to " + instead + ".");
    }

    private static Type toIceberg(DuckType type, IntSupplier ids) {
        return switch (type) {
            case DuckType.ListOf list -> Types.ListType.ofOptional(ids.getAsInt(), toIceberg(list.element(), ids));
            case DuckType.MapOf map ->
                Types.MapType.ofOptional(
                        ids.getAsInt(), ids.getAsInt(), toIceberg(map.key(), ids), toIceberg(map.value(), ids));
            case DuckType.Struct struct -> {
                List<Types.NestedField> fields = new ArrayList<>();
                for (DuckType.Field f : struct.fields()) {
                    fields.add(Types.NestedField.optional(ids.getAsInt(), f.name(), toIceberg(f.type(), ids)));
                }
                yield Types.StructType.of(fields);
            }
            case DuckType.Other other -> throw notSupported(other.name(), "VARCHAR");
            case DuckType.Scalar scalar -> scalarToIceberg(scalar);
        };
    }

    private static Type scalarToIceberg(DuckType.Scalar type) {
        return switch (type.name()) {
            case "BOOLEAN" -> Types.BooleanType.get();
            case "INTEGER" -> Types.IntegerType.get();
            case "BIGINT" -> Types.LongType.get();
            case "FLOAT" -> Types.FloatType.get();
            case "DOUBLE" -> Types.DoubleType.get();
            case "DECIMAL" ->
                Types.DecimalType.of(type.arguments().get(0), type.arguments().get(1));
            case "VARCHAR" -> Types.StringType.get();
            case "BLOB" -> Types.BinaryType.get();
            case "DATE" -> Types.DateType.get();
            case "TIME" -> Types.TimeType.get();
            case "TIMESTAMP" -> Types.TimestampType.withoutZone();
            case "TIMESTAMP WITH TIME ZONE" -> Types.TimestampType.withZone();
            case "UUID" -> Types.UUIDType.get();
            default -> throw notSupported(type.name(), "VARCHAR");
        };
    }

    private static DuckType duck(Type type) {
        return switch (type.typeId()) {
            case LIST -> new DuckType.ListOf(duck(type.asListType().elementType()));
            case MAP ->
                new DuckType.MapOf(
                        duck(type.asMapType().keyType()), duck(type.asMapType().valueType()));
            case STRUCT ->
                new DuckType.Struct(type.asStructType().fields().stream()
                        .map(f -> new DuckType.Field(f.name(), duck(f.type())))
                        .toList());
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield DuckType.Scalar.decimal(decimal.precision(), decimal.scale());
            }
            case TIMESTAMP ->
                DuckType.Scalar.of(
                        ((Types.TimestampType) type).shouldAdjustToUTC() ? "TIMESTAMP WITH TIME ZONE" : "TIMESTAMP");
            case BOOLEAN, DATE, TIME, UUID, INTEGER, FLOAT, DOUBLE ->
                DuckType.Scalar.of(type.typeId().name());
            case LONG -> DuckType.Scalar.of("BIGINT");
            case STRING -> DuckType.Scalar.of("VARCHAR");
            case BINARY, FIXED -> DuckType.Scalar.of("BLOB");
            default ->
                throw new EstranException(
                        ErrorCode.TYPE_NOT_SUPPORTED,
                        "Tables with a column of type " + type.toString().toLowerCase(Locale.ROOT)
                                + " cannot be read yet.");
        };
    }
}
