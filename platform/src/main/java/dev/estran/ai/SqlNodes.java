package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Makes nodes of the engine's syntax tree. Expressions given are placed as they are, so a caller that keeps one in two
 * places copies it first. Fields left out take the engine's defaults.
 */
final class SqlNodes {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SqlNodes() {}

    static ObjectNode column(String... path) {
        ObjectNode node = expression("COLUMN_REF", "COLUMN_REF");
        ArrayNode names = node.putArray("column_names");
        for (String part : path) {
            names.add(part);
        }
        return node;
    }

    static ObjectNode text(String value) {
        return constant("STRING", value);
    }

    static ObjectNode integer(long value) {
        return constant("INTEGER", Long.toString(value));
    }

    static ObjectNode bool(boolean value) {
        return constant("BOOLEAN", Boolean.toString(value));
    }

    static ObjectNode nullValue() {
        return constant("NULL_LITERAL", "");
    }

    private static ObjectNode constant(String kind, String text) {
        ObjectNode node = expression("CONSTANT", "VALUE_CONSTANT");
        node.putObject("literal").put("kind", kind).put("text", text);
        return node;
    }

    static ObjectNode function(String name, JsonNode... arguments) {
        ObjectNode node = expression("FUNCTION", "FUNCTION");
        node.put("function_name", name);
        node.putObject("order_bys").put("type", "ORDER_MODIFIER").putArray("orders");
        ArrayNode list = node.putArray("arguments");
        for (JsonNode argument : arguments) {
            list.addObject().put("name", "").set("expression", argument);
        }
        node.putObject("qualified_name").putArray("path").add(name);
        return node;
    }

    /** Both must be true; a null side is left out. */
    static JsonNode and(List<? extends JsonNode> conditions) {
        if (conditions.size() == 1) {
            return conditions.getFirst();
        }
        ObjectNode node = expression("CONJUNCTION", "CONJUNCTION_AND");
        node.putArray("children").addAll(conditions);
        return node;
    }

    static ObjectNode comparison(String type, JsonNode left, JsonNode right) {
        ObjectNode node = expression("COMPARISON", type);
        node.set("left", left);
        node.set("right", right);
        return node;
    }

    static ObjectNode equal(JsonNode left, JsonNode right) {
        return comparison("COMPARE_EQUAL", left, right);
    }

    static ObjectNode isNull(JsonNode operand) {
        return operator("OPERATOR_IS_NULL", operand);
    }

    static ObjectNode isNotNull(JsonNode operand) {
        return operator("OPERATOR_IS_NOT_NULL", operand);
    }

    static ObjectNode not(JsonNode operand) {
        return operator("OPERATOR_NOT", operand);
    }

    private static ObjectNode operator(String type, JsonNode operand) {
        ObjectNode node = expression("OPERATOR", type);
        node.putArray("children").add(operand);
        return node;
    }

    /** {@code condition IS NOT TRUE} or {@code IS NOT FALSE}. */
    static ObjectNode isNot(JsonNode condition, boolean value) {
        return comparison("COMPARE_DISTINCT_FROM", cast(condition, typeName("BOOLEAN")), bool(value));
    }

    /** {@code CASE WHEN condition THEN value END}. */
    static ObjectNode when(JsonNode condition, JsonNode value) {
        ObjectNode node = expression("CASE", "CASE_EXPR");
        ObjectNode check = node.putArray("case_checks").addObject();
        check.set("when_expr", condition);
        check.set("then_expr", value);
        node.set("else_expr", nullValue());
        return node;
    }

    /** A type without parameters, for example {@code VARCHAR}. */
    static ObjectNode typeName(String name) {
        ObjectNode node = expression("TYPE", "TYPE");
        node.put("type_name", name);
        node.putArray("children");
        node.putObject("qualified_name").putArray("path").add(name);
        return node;
    }

    static ObjectNode cast(JsonNode child, JsonNode type) {
        ObjectNode node = expression("CAST", "OPERATOR_CAST");
        node.set("child", child);
        node.put("try_cast", false);
        node.set("type_expr", type);
        return node;
    }

    static ObjectNode scalarSubquery(JsonNode query) {
        return subquery("SCALAR", query);
    }

    static ObjectNode notExists(JsonNode query) {
        return not(subquery("EXISTS", query));
    }

    private static ObjectNode subquery(String type, JsonNode query) {
        ObjectNode node = expression("SUBQUERY", "SUBQUERY");
        node.put("subquery_type", type);
        node.putObject("subquery").set("node", query);
        node.putNull("child");
        node.put("comparison_type", "INVALID");
        return node;
    }

    static ObjectNode star() {
        return expression("STAR", "STAR");
    }

    static ObjectNode table(String name, String alias) {
        ObjectNode node = JSON.objectNode().put("type", "BASE_TABLE").put("alias", alias);
        node.putObject("qualified_name").putArray("path").add(name);
        return node;
    }

    /** {@code (query) AS alias(columns)}. */
    static ObjectNode derived(JsonNode query, String alias, List<String> columns) {
        ObjectNode node = JSON.objectNode().put("type", "SUBQUERY").put("alias", alias);
        node.putObject("subquery").set("node", query);
        ArrayNode names = node.putArray("column_name_alias");
        columns.forEach(names::add);
        return node;
    }

    static ObjectNode crossJoin(JsonNode left, JsonNode right) {
        ObjectNode node = JSON.objectNode().put("type", "JOIN").put("alias", "");
        node.set("left", left);
        node.set("right", right);
        node.putNull("condition");
        node.put("join_type", "INNER").put("ref_type", "CROSS");
        node.putArray("using_columns");
        return node;
    }

    static ObjectNode noTable() {
        return JSON.objectNode().put("type", "EMPTY").put("alias", "");
    }

    /** {@code SELECT items FROM from WHERE where}. */
    static ObjectNode select(List<? extends JsonNode> items, JsonNode from, List<? extends JsonNode> where) {
        ObjectNode node = JSON.objectNode().put("type", "SELECT_NODE");
        node.putArray("modifiers");
        node.putObject("cte_map").putArray("map");
        node.putArray("select_list").addAll(items);
        node.set("from_table", from);
        node.set("where_clause", where.isEmpty() ? JSON.nullNode() : and(where));
        node.putArray("group_expressions");
        node.putArray("group_sets");
        node.put("aggregate_handling", "STANDARD_HANDLING");
        node.putNull("having").putNull("sample").putNull("qualify");
        return node;
    }

    static void groupByAll(ObjectNode select) {
        select.put("aggregate_handling", "FORCE_AGGREGATES");
    }

    static void orderBy(ObjectNode query, List<? extends JsonNode> expressions) {
        ObjectNode modifier = ((ArrayNode) query.get("modifiers")).addObject().put("type", "ORDER_MODIFIER");
        ArrayNode orders = modifier.putArray("orders");
        expressions.forEach(expression -> orders.add(order(expression)));
    }

    static ObjectNode order(JsonNode expression) {
        ObjectNode order = JSON.objectNode().put("type", "ORDER_DEFAULT").put("null_order", "ORDER_DEFAULT");
        order.set("expression", expression);
        return order;
    }

    static void limit(ObjectNode query, long rows) {
        ObjectNode modifier = ((ArrayNode) query.get("modifiers")).addObject().put("type", "LIMIT_MODIFIER");
        modifier.set("limit", integer(rows));
        modifier.putNull("offset");
        modifier.put("limit_type", "ROW_COUNT");
    }

    static ObjectNode aliased(JsonNode expression, String alias) {
        return ((ObjectNode) expression).put("alias", alias);
    }

    private static ObjectNode expression(String expressionClass, String type) {
        return JSON.objectNode().put("class", expressionClass).put("type", type).put("alias", "");
    }
}
