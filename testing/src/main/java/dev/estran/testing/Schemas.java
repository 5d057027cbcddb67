package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON schemas as far as structured output uses them. */
final class Schemas {

    private static final int LIMIT_HOPS = 16;

    private final JsonNode root;

    Schemas(JsonNode root) {
        this.root = root;
    }

    /** The schema without references and alternatives: the first alternative that is not null is taken. */
    JsonNode plain(JsonNode schema) {
        JsonNode current = schema;
        for (int hop = 0; hop < LIMIT_HOPS; hop++) {
            if (current.path("$ref").isTextual()) {
                current = reference(current.path("$ref").textValue());
            } else if (current.path("allOf").isArray()) {
                current = merged(current);
            } else if (alternatives(current).isArray() && !alternatives(current).isEmpty()) {
                current = firstNotNull(alternatives(current));
            } else {
                return current;
            }
        }
        return MissingNode.getInstance();
    }

    /** {@code object}, {@code array}, {@code string}, ..., guessed where the schema does not say. */
    static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            return type.textValue();
        }
        for (JsonNode one : type) {
            if (!one.asText().equals("null")) {
                return one.asText();
            }
        }
        if (schema.has("properties")) {
            return "object";
        }
        return schema.has("items") ? "array" : type.isEmpty() ? "string" : "null";
    }

    boolean nullable(JsonNode schema) {
        JsonNode resolved =
                schema.path("$ref").isTextual() ? reference(schema.path("$ref").textValue()) : schema;
        for (JsonNode type : resolved.path("type")) {
            if (type.asText().equals("null")) {
                return true;
            }
        }
        for (JsonNode alternative : alternatives(resolved)) {
            if (alternative.path("type").asText().equals("null")) {
                return true;
            }
        }
        return resolved.path("type").asText().equals("null");
    }

    static List<String> names(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Whether every property has the same schema, as where each one answers for one item. */
    static boolean uniform(JsonNode schema) {
        JsonNode first = null;
        for (JsonNode property : schema.path("properties")) {
            if (first == null) {
                first = property;
            } else if (!first.equals(property)) {
                return false;
            }
        }
        return first != null;
    }

    /** Whether the schema or one inside it satisfies {@code name}: {@code enum} or a type. */
    boolean contains(String name) {
        return contains(root, name, 0);
    }

    private static boolean contains(JsonNode node, String name, int depth) {
        if (depth > 2 * LIMIT_HOPS) {
            return false;
        }
        if (node.isObject()
                && (name.equals("enum") ? node.path("enum").isArray() : name.equals(type(node)) && node.has("type"))) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainerNode() && contains(child, name, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode alternatives(JsonNode schema) {
        return schema.path(schema.has("anyOf") ? "anyOf" : "oneOf");
    }

    private JsonNode reference(String reference) {
        return reference.equals("#")
                ? root
                : reference.startsWith("#/") ? root.at(reference.substring(1)) : MissingNode.getInstance();
    }

    private static JsonNode firstNotNull(JsonNode alternatives) {
        for (JsonNode alternative : alternatives) {
            if (!alternative.path("type").asText().equals("null")) {
                return alternative;
            }
        }
        return alternatives.path(0);
    }

    private JsonNode merged(JsonNode schema) {
        ObjectNode all = schema.deepCopy();
        all.remove("allOf");
        for (JsonNode part : schema.path("allOf")) {
            JsonNode plain =
                    part.path("$ref").isTextual() ? reference(part.path("$ref").textValue()) : part;
            if (plain instanceof ObjectNode object) {
                object.properties().forEach(entry -> {
                    if (all.path(entry.getKey()) instanceof ObjectNode into
                            && entry.getValue() instanceof ObjectNode from) {
                        into.setAll(from);
                    } else {
                        all.set(entry.getKey(), entry.getValue());
                    }
                });
            }
        }
        return all;
    }
}
