package dev.estran.ai;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Identifiers;
import dev.estran.sql.QueryParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The type of a call's answer, where it depends on the arguments. */
final class AnswerTypes {

    private static final int MOST_FIELDS = 128;
    private static final int DEEPEST = 7;

    private final QueryParser parser;

    AnswerTypes(QueryParser parser) {
        this.parser = parser;
    }

    String returns(AiFunction function, Map<String, @Nullable Object> constants) {
        return switch (function.name()) {
            case "ai_extract" -> extracted(function, constants.get("fields"));
            case "ai_query" -> queried(function, constants.get("returnType"), constants.get("responseFormat"));
            default -> function.returns();
        };
    }

    private String extracted(AiFunction function, @Nullable Object fields) {
        Object parsed = fields instanceof String text ? ConstantArguments.parsedText(text) : fields;
        if (parsed instanceof List<?> names && !names.isEmpty()) {
            Map<String, Object> typed = new java.util.LinkedHashMap<>();
            for (Object name : names) {
                if (typed.put(String.valueOf(name), "VARCHAR") != null) {
                    throw CallBinder.invalid(function, "has the field " + name + " twice");
                }
            }
            return struct(function, typed, 1);
        }
        if (parsed instanceof Map<?, ?> map && !map.isEmpty()) {
            return fromSchema(function, map, 1);
        }
        throw CallBinder.invalid(
                function, "needs fields: a list of names ['a', 'b'], or an object of names and types {'a': 'DOUBLE'}");
    }

    private String queried(AiFunction function, @Nullable Object returnType, @Nullable Object responseFormat) {
        if (returnType != null) {
            return parser.canonicalType(returnType.toString());
        }
        Object format = responseFormat instanceof String text ? ConstantArguments.parsedText(text) : responseFormat;
        if (format instanceof Map<?, ?> map) {
            Object inner = map.get("json_schema");
            Object schema = inner instanceof Map<?, ?> wrapped ? wrapped.get("schema") : map.get("schema");
            Object root = schema == null ? map : schema;
            return root instanceof Map<?, ?> object && object.get("properties") != null
                    ? fromSchema(function, object, 1)
                    : "VARCHAR";
        }
        if (format instanceof String text && text.toUpperCase(Locale.ROOT).startsWith("STRUCT(")) {
            return parser.canonicalType(text);
        }
        return "VARCHAR";
    }

    /** A JSON schema, or the short form: an object of names and types. */
    private String fromSchema(AiFunction function, Map<?, ?> schema, int depth) {
        Object properties = schema.get("properties");
        if (properties instanceof Map<?, ?> fields && !fields.isEmpty()) {
            return struct(function, fields, depth);
        }
        if (schema.get("enum") instanceof List<?>) {
            return "VARCHAR";
        }
        Object type = schema.get("type");
        if (type instanceof String name && (schema.size() == 1 || isSchemaType(name))) {
            return name.equalsIgnoreCase("array")
                    ? fieldType(function, schema.get("items"), depth) + "[]"
                    : scalar(function, name, schema.get("format"));
        }
        return struct(function, schema, depth);
    }

    private static boolean isSchemaType(String name) {
        return Set.of("string", "integer", "number", "boolean", "array", "object")
                .contains(name);
    }

    private String struct(AiFunction function, Map<?, ?> fields, int depth) {
        if (fields.size() > MOST_FIELDS || depth > DEEPEST) {
            throw CallBinder.invalid(
                    function, "asks for more than " + MOST_FIELDS + " fields, or more than " + DEEPEST + " levels");
        }
        List<String> parts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String name = String.valueOf(field.getKey());
            if (name.isBlank() || !names.add(name.toLowerCase(Locale.ROOT))) {
                throw CallBinder.invalid(function, "has an empty field name, or the field " + name + " twice");
            }
            parts.add(Identifiers.quote(name) + " " + fieldType(function, field.getValue(), depth + 1));
        }
        return parser.canonicalType("STRUCT(" + String.join(", ", parts) + ")");
    }

    private String fieldType(AiFunction function, @Nullable Object type, int depth) {
        if (type instanceof Map<?, ?> nested) {
            return fromSchema(function, nested, depth);
        }
        return type == null ? "VARCHAR" : scalar(function, type.toString(), null);
    }

    private String scalar(AiFunction function, String type, @Nullable Object format) {
        try {
            return switch (type.toLowerCase(Locale.ROOT)) {
                case "string" -> "date".equals(format) ? "DATE" : "VARCHAR";
                case "integer" -> "BIGINT";
                case "number" -> "DOUBLE";
                case "enum" -> "VARCHAR";
                default -> parser.canonicalType(type);
            };
        } catch (EstranException e) {
            if (e.code() != ErrorCode.TYPE_NOT_SUPPORTED) {
                throw e;
            }
            throw CallBinder.invalid(function, "names a type that does not exist: " + type);
        }
    }
}
