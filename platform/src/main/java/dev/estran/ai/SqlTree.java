package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Reads and walks the engine's syntax tree. */
final class SqlTree {

    private static final Set<String> POSITIONS = Set.of("query_location", "query_location_length");

    private SqlTree() {}

    static boolean isExpression(JsonNode node) {
        return node.isObject() && node.has("class");
    }

    static boolean isClass(JsonNode node, String expressionClass) {
        return expressionClass.equals(node.path("class").asText());
    }

    static boolean isType(JsonNode node, String type) {
        return type.equals(node.path("type").asText());
    }

    static boolean isQuery(JsonNode node) {
        return node.isObject() && node.path("type").asText().endsWith("_NODE");
    }

    /** Last part of a function's or table's name, lower case; empty where there is none. */
    static String name(JsonNode node) {
        JsonNode path = node.path("qualified_name").path("path");
        return path.isEmpty() ? "" : path.get(path.size() - 1).asText().toLowerCase(Locale.ROOT);
    }

    /** The one part of a table's name, or empty where it has several parts. */
    static String singleName(JsonNode table) {
        return table.path("qualified_name").path("path").size() == 1 ? name(table) : "";
    }

    static List<String> columnPath(JsonNode columnRef) {
        List<String> parts = new ArrayList<>();
        columnRef.path("column_names").forEach(part -> parts.add(part.asText()));
        return parts;
    }

    static ArrayNode list(JsonNode node, String field) {
        return (ArrayNode) node.get(field);
    }

    static List<JsonNode> items(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }

    static boolean present(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    static ObjectNode copy(JsonNode node) {
        return node.deepCopy();
    }

    static List<JsonNode> copies(List<? extends JsonNode> nodes) {
        List<JsonNode> copies = new ArrayList<>();
        nodes.forEach(node -> copies.add(node.deepCopy()));
        return copies;
    }

    /** Whether the node or anything below it, subqueries included, satisfies the test. */
    static boolean any(JsonNode node, Predicate<JsonNode> test) {
        if (node.isObject() && test.test(node)) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainerNode() && any(child, test)) {
                return true;
            }
        }
        return false;
    }

    /** Visits every object at and below the node, parents first. */
    static void visit(JsonNode node, Consumer<ObjectNode> visitor) {
        if (node instanceof ObjectNode object) {
            visitor.accept(object);
        }
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                visit(child, visitor);
            }
        }
    }

    /**
     * Replaces the nearest expressions below a node by what the function makes of them, in place. Does not enter queries;
     * the expressions of a FROM clause are not below the expressions of a block.
     */
    static <T extends JsonNode> T mapChildren(T node, UnaryOperator<JsonNode> function) {
        if (node instanceof ObjectNode object) {
            for (String field : fieldNames(object)) {
                object.set(field, mapOne(object.get(field), function));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, mapOne(array.get(i), function));
            }
        }
        return node;
    }

    private static JsonNode mapOne(JsonNode child, UnaryOperator<JsonNode> function) {
        if (isExpression(child)) {
            return function.apply(child);
        }
        return child.isContainerNode() && !isQuery(child) ? mapChildren(child, function) : child;
    }

    private static List<String> fieldNames(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Children of an AND at any depth of nesting; the expression itself where it is none; nothing for null. */
    static List<JsonNode> conjuncts(JsonNode condition) {
        List<JsonNode> found = new ArrayList<>();
        if (isType(condition, "CONJUNCTION_AND")) {
            condition.path("children").forEach(child -> found.addAll(conjuncts(child)));
        } else if (present(condition)) {
            found.add(condition);
        }
        return found;
    }

    /** Equal for expressions that are written alike, wherever they stand and whatever they are called. */
    static String fingerprint(JsonNode expression) {
        JsonNode copy = expression.deepCopy();
        visit(copy, object -> object.remove(POSITIONS));
        if (copy instanceof ObjectNode object) {
            object.remove("alias");
        }
        return copy.toString();
    }
}
