package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the AI calls in an expression by look-ups, innermost first. Guards are predicates known to hold where the
 * expression is evaluated, so that nothing is asked about rows that CASE, COALESCE, AND or OR leave out.
 */
final class CallRewriter {

    private final CallBinder binder;
    private final Asker asker;
    private final EngineFunctions functions;
    private final Subqueries subqueries;

    /** Answers the calls inside a subquery that stands in an expression. */
    interface Subqueries {
        JsonNode answer(Block block, List<JsonNode> guards, ObjectNode subquery);
    }

    CallRewriter(CallBinder binder, Asker asker, EngineFunctions functions, Subqueries subqueries) {
        this.binder = binder;
        this.asker = asker;
        this.functions = functions;
        this.subqueries = subqueries;
    }

    /** The expression without calls. Changes the one given. */
    JsonNode answer(Block block, List<JsonNode> guards, JsonNode expression) {
        if (!CallBinder.hasCall(expression)) {
            return expression;
        }
        ObjectNode node = (ObjectNode) expression;
        return switch (node.path("class").asText()) {
            case "CASE" -> conditional(block, guards, node);
            case "CONJUNCTION" -> junction(block, guards, node);
            case "OPERATOR" ->
                SqlTree.isType(node, "OPERATOR_COALESCE")
                        ? coalesce(block, guards, node)
                        : children(block, guards, node);
            case "FUNCTION" -> function(block, guards, node);
            case "WINDOW" -> filtered(block, guards, node, "filter_expr");
            case "SUBQUERY" -> subqueries.answer(block, guards, children(block, guards, node));
            case "LAMBDA" -> throw new CannotCut("a lambda cannot look answers up");
            default -> children(block, guards, node);
        };
    }

    private ObjectNode children(Block block, List<JsonNode> guards, ObjectNode node) {
        return SqlTree.mapChildren(node, child -> answer(block, guards, child));
    }

    /** A branch is evaluated where no condition before it is true, and its own is. */
    private JsonNode conditional(Block block, List<JsonNode> guards, ObjectNode node) {
        List<JsonNode> reached = new ArrayList<>(guards);
        for (JsonNode check : node.path("case_checks")) {
            ObjectNode branch = (ObjectNode) check;
            JsonNode condition = answer(block, reached, branch.get("when_expr"));
            branch.set("when_expr", condition);
            List<JsonNode> inside = new ArrayList<>(reached);
            inside.add(condition);
            branch.set("then_expr", answer(block, inside, branch.get("then_expr")));
            reached.add(SqlNodes.isNot(condition.deepCopy(), true));
        }
        if (SqlTree.present(node.path("else_expr"))) {
            node.set("else_expr", answer(block, reached, node.get("else_expr")));
        }
        return node;
    }

    /** Cheap operands first; a call is needed only where they have not settled the result. */
    private JsonNode junction(Block block, List<JsonNode> guards, ObjectNode node) {
        boolean settles = SqlTree.isType(node, "CONJUNCTION_OR");
        ArrayNode operands = SqlTree.list(node, "children");
        List<JsonNode> open = new ArrayList<>(guards);
        for (JsonNode operand : operands) {
            if (!CallBinder.hasCall(operand)) {
                open.add(SqlNodes.isNot(operand.deepCopy(), settles));
            }
        }
        for (int i = 0; i < operands.size(); i++) {
            if (CallBinder.hasCall(operands.get(i))) {
                JsonNode answered = answer(block, open, operands.get(i));
                operands.set(i, answered);
                open.add(SqlNodes.isNot(answered.deepCopy(), settles));
            }
        }
        return node;
    }

    private JsonNode coalesce(Block block, List<JsonNode> guards, ObjectNode node) {
        List<JsonNode> reached = new ArrayList<>(guards);
        ArrayNode operands = SqlTree.list(node, "children");
        for (int i = 0; i < operands.size(); i++) {
            JsonNode answered = answer(block, reached, operands.get(i));
            operands.set(i, answered);
            reached.add(SqlNodes.isNull(answered.deepCopy()));
        }
        return node;
    }

    private JsonNode function(Block block, List<JsonNode> guards, ObjectNode node) {
        if (!CallBinder.isCall(node)) {
            return functions.isAggregate(node)
                    ? filtered(block, guards, node, "filter")
                    : children(block, guards, node);
        }
        String alias = node.path("alias").asText();
        ObjectNode inner = children(block, guards, node);
        JsonNode answer = asker.answer(block, guards, binder.bind(inner));
        return SqlNodes.aliased(answer, alias);
    }

    /** The arguments of an aggregate are needed where its FILTER holds. */
    private JsonNode filtered(Block block, List<JsonNode> guards, ObjectNode node, String filterField) {
        List<JsonNode> inside = new ArrayList<>(guards);
        if (SqlTree.present(node.path(filterField))) {
            JsonNode filter = answer(block, guards, node.get(filterField));
            node.set(filterField, filter);
            inside.add(filter);
        }
        ArrayNode arguments = SqlTree.list(node, "arguments");
        SqlTree.mapChildren(arguments, child -> answer(block, inside, child));
        return children(block, guards, node);
    }
}
