package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The grouping of a block: which calls are asked per row before it, and the cut above it for the others. */
final class Grouping {

    private final Stages stages;
    private final CallRewriter rewriter;
    private final Block block;

    Grouping(Stages stages, CallRewriter rewriter, Block block) {
        this.stages = stages;
        this.rewriter = rewriter;
        this.block = block;
    }

    static boolean isGrouped(ObjectNode select, EngineFunctions functions) {
        return !select.path("group_expressions").isEmpty()
                || byAll(select)
                || functions.aggregates(select.path("select_list"))
                || functions.aggregates(select.path("having"))
                || functions.aggregates(select.path("qualify"))
                || functions.aggregates(select.path("modifiers"));
    }

    private static boolean byAll(ObjectNode select) {
        return select.path("aggregate_handling").asText().equals("FORCE_AGGREGATES");
    }

    /** Answers calls in group keys and in the arguments of aggregates. */
    void answerRows() {
        ObjectNode select = block.select();
        Set<String> keys = fingerprints(keys());
        for (String clause : List.of("select_list", "modifiers")) {
            SqlTree.mapChildren(select.get(clause), item -> perRow(keys, item));
        }
        for (String clause : List.of("having", "qualify")) {
            if (SqlTree.present(select.path(clause))) {
                select.set(clause, perRow(keys, select.get(clause)));
            }
        }
        SqlTree.mapChildren(select.get("group_expressions"), key -> rewriter.answer(block, List.of(), key));
    }

    private JsonNode perRow(Set<String> keys, JsonNode expression) {
        if (!CallBinder.hasCall(expression) || SqlTree.isClass(expression, "SUBQUERY")) {
            return expression;
        }
        return keys.contains(SqlTree.fingerprint(expression))
                        || stages.functions().isAggregate(expression)
                ? rewriter.answer(block, List.of(), expression)
                : SqlTree.mapChildren(expression, child -> perRow(keys, child));
    }

    private List<JsonNode> keys() {
        ObjectNode select = block.select();
        if (!byAll(select)) {
            return SqlTree.items(select.path("group_expressions"));
        }
        List<JsonNode> keys = new ArrayList<>();
        for (JsonNode item : select.path("select_list")) {
            if (!stages.functions().aggregates(item)) {
                keys.add(item);
            }
        }
        return keys;
    }

    private static Set<String> fingerprints(List<JsonNode> expressions) {
        Set<String> fingerprints = new HashSet<>();
        expressions.forEach(expression -> fingerprints.add(SqlTree.fingerprint(expression)));
        return fingerprints;
    }

    /** Makes the groups a table, so that what is left is a block over it. Returns the HAVING predicates with calls. */
    List<JsonNode> cut() {
        ObjectNode select = block.select();
        List<JsonNode> keys = keys();
        if (keys.stream().anyMatch(key -> SqlTree.isClass(key, "STAR"))) {
            throw new CannotCut("* among the group keys");
        }
        Set<String> keyTexts = fingerprints(keys);
        Cut cut = new Cut(
                stages,
                block,
                node -> stages.functions().isAggregate(node)
                        || keyTexts.contains(SqlTree.fingerprint(node))
                        || SqlTree.isClass(node, "SUBQUERY"));
        List<JsonNode> cheap = new ArrayList<>();
        List<JsonNode> calling = new ArrayList<>();
        for (JsonNode conjunct : SqlTree.conjuncts(select.path("having"))) {
            if (CallBinder.hasCall(conjunct)) {
                calling.add(cut.upper(conjunct));
            } else {
                cheap.add(conjunct);
            }
        }
        ObjectNode lower = lower(select, keys, cheap);
        JsonNode qualify = select.path("qualify");
        JsonNode upperQualify = SqlTree.present(qualify) ? cut.upper(qualify) : qualify;
        List<JsonNode> items = cut.upperItems(false);
        upperModifiers(select, cut);
        cut.make(lower);
        ((ArrayNode) select.get("select_list")).removeAll().addAll(items);
        select.set("qualify", upperQualify);
        return calling;
    }

    private static ObjectNode lower(ObjectNode select, List<JsonNode> keys, List<JsonNode> having) {
        ObjectNode lower = SqlTree.copy(select);
        lower.putArray("modifiers");
        lower.putNull("qualify");
        if (byAll(select)) {
            lower.put("aggregate_handling", "STANDARD_HANDLING");
            ArrayNode groups = lower.putArray("group_expressions");
            ArrayNode sets = lower.putArray("group_sets");
            if (!keys.isEmpty()) {
                ArrayNode all = sets.addArray();
                for (JsonNode key : keys) {
                    all.add(groups.size());
                    groups.add(((ObjectNode) key.deepCopy()).put("alias", ""));
                }
            }
        }
        if (having.isEmpty()) {
            lower.putNull("having");
        } else {
            lower.set("having", SqlNodes.and(SqlTree.copies(having)));
        }
        return lower;
    }

    static void upperModifiers(ObjectNode select, Cut cut) {
        for (JsonNode modifier : select.path("modifiers")) {
            for (JsonNode order : modifier.path("orders")) {
                ((ObjectNode) order).set("expression", cut.upperOrder(order.get("expression")));
            }
            if (modifier.has("distinct_on_targets")) {
                SqlTree.mapChildren(modifier.get("distinct_on_targets"), cut::upperOrder);
            }
        }
    }
}
