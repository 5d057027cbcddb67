package dev.estran.ai;

import static dev.estran.ai.AnswerForms.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers must look like: labels, fields and schemas from the arguments of a call. */
final class AnswerSchemas {

    private static final JsonMapper JSON = new JsonMapper();

    private AnswerSchemas() {}

    /** Labels from a list, or from a row's text: a JSON list, or DuckDB's print of one. */
    static List<String> labels(@Nullable Object given) {
        List<String> labels = new ArrayList<>();
        if (given instanceof List<?> list) {
            list.forEach(item -> labels.add(String.valueOf(item)));
        } else if (given instanceof String text) {
            JsonNode json = json(text);
            if (json != null && json.isArray()) {
                json.forEach(item -> labels.add(item.asText()));
            } else {
                for (String part : text.replaceAll("^\\s*\\[|\\]\\s*$", "").split(",", -1)) {
                    labels.add(part.strip());
                }
            }
        }
        if (labels.isEmpty() || labels.stream().anyMatch(String::isBlank)) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "The labels are empty. Write them as ['first', 'second'].");
        }
        return labels;
    }

    /** Names of the fields to extract, from either form {@link #extractSchema} takes. */
    static List<String> fieldNames(@Nullable Object fields) {
        List<String> names = new ArrayList<>();
        extractSchema(fields).path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * Schema of the answer from a list of field names, an object of names and types ({@code {"amount": "DOUBLE"}}), or a
     * JSON schema with properties.
     */
    static ObjectNode extractSchema(@Nullable Object fields) {
        JsonNode json = switch (fields) {
            case String text -> json(text);
            case Map<?, ?> map -> JSON.<JsonNode>valueToTree(map);
            case null, default -> null;
        };
        if (json != null && json.isObject()) {
            return nested(json);
        }
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        labels(fields).forEach(name -> properties.set(name, optional("string")));
        return object(properties);
    }

    private static ObjectNode nested(JsonNode given) {
        JsonNode own = given.path("properties");
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        (own.isObject() ? own : given).properties().forEach(e -> properties.set(e.getKey(), field(e.getValue())));
        return object(properties);
    }

    /** A field's schema from a type's name, from a JSON schema, or from an object of names and types. */
    private static JsonNode field(JsonNode given) {
        if (!given.isObject()) {
            return optional(given.asText("string"));
        }
        JsonNode type = given.path("type");
        if (given.path("properties").isObject() || (!type.isTextual() && !type.isArray() && !given.has("enum"))) {
            return nested(given);
        }
        return given;
    }

    /** A type that may be null, by its name in JSON schema or in SQL. */
    private static ObjectNode optional(String name) {
        String type = name.toUpperCase(Locale.ROOT).replaceAll("\\(.*", "").strip();
        String json = switch (type) {
            case "INTEGER", "INT", "BIGINT", "SMALLINT", "TINYINT", "HUGEINT" -> "integer";
            case "NUMBER", "DOUBLE", "FLOAT", "REAL", "DECIMAL", "NUMERIC" -> "number";
            case "BOOLEAN", "BOOL" -> "boolean";
            case "ARRAY" -> "array";
            case "OBJECT" -> "object";
            default -> "string";
        };
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("type").add(json).add("null");
        return type.equals("DATE") ? schema.put("description", "a date as YYYY-MM-DD") : schema;
    }

    /** An object of exactly these properties. */
    static ObjectNode object(ObjectNode properties) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.set("properties", properties);
        ArrayNode required = schema.putArray("required");
        properties.fieldNames().forEachRemaining(required::add);
        return schema.put("additionalProperties", false);
    }

    /** {@code response_format} from what ai_query was given, or null for text. */
    static @Nullable JsonNode format(@Nullable Object given) {
        if (given == null || given.equals("text")) {
            return null;
        }
        String text = given instanceof Map<?, ?> map
                ? JSON.valueToTree(map).toString()
                : given.toString().strip();
        if (text.equals("json_object")) {
            return JsonNodeFactory.instance.objectNode().put("type", "json_object");
        }
        JsonNode json = json(text);
        if (json == null || !json.isObject()) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "responseFormat must be 'text', 'json_object' or a JSON schema. A type such as STRUCT<...> is not read yet.");
        }
        String type = json.path("type").asText();
        if (type.equals("json_schema") || type.equals("json_object") || type.equals("text")) {
            return json;
        }
        ObjectNode format = JsonNodeFactory.instance.objectNode().put("type", "json_schema");
        format.putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", json);
        return format;
    }
}
