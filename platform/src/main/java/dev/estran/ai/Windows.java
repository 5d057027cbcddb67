package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The window functions of a block and its QUALIFY. */
final class Windows {

    private final Stages stages;
    private final CallRewriter rewriter;
    private final Block block;

    Windows(Stages stages, CallRewriter rewriter, Block block) {
        this.stages = stages;
        this.rewriter = rewriter;
        this.block = block;
    }

    /** Answers calls inside window functions: these see every row of the block. */
    void answerInside() {
        ObjectNode select = block.select();
        for (String clause : List.of("select_list", "modifiers")) {
            SqlTree.mapChildren(select.get(clause), this::inside);
        }
        if (SqlTree.present(select.path("qualify"))) {
            select.set("qualify", inside(select.get("qualify")));
        }
    }

    private JsonNode inside(JsonNode expression) {
        if (!CallBinder.hasCall(expression) || SqlTree.isClass(expression, "SUBQUERY")) {
            return expression;
        }
        return SqlTree.isClass(expression, "WINDOW")
                ? rewriter.answer(block, List.of(), expression)
                : SqlTree.mapChildren(expression, this::inside);
    }

    /** Makes the rows with their window values a table. Returns the QUALIFY predicates that are left for WHERE. */
    List<JsonNode> cut() {
        ObjectNode select = block.select();
        Cut cut = new Cut(stages, block, Windows::isValue);
        List<JsonNode> cheap = new ArrayList<>();
        List<JsonNode> left = new ArrayList<>();
        for (JsonNode conjunct : SqlTree.conjuncts(select.path("qualify"))) {
            boolean windows = SqlTree.any(conjunct, node -> SqlTree.isClass(node, "WINDOW"));
            if (windows && !CallBinder.hasCall(conjunct)) {
                cheap.add(conjunct);
            } else {
                left.add(cut.upper(conjunct));
            }
        }
        ObjectNode lower = SqlTree.copy(select);
        lower.putArray("modifiers");
        if (cheap.isEmpty()) {
            lower.putNull("qualify");
        } else {
            lower.set("qualify", SqlNodes.and(SqlTree.copies(cheap)));
        }
        List<JsonNode> items = cut.upperItems(false);
        Grouping.upperModifiers(select, cut);
        cut.make(lower);
        ((ArrayNode) select.get("select_list")).removeAll().addAll(items);
        return left;
    }

    /** What a table of rows keeps for the expressions above it. */
    static boolean isValue(JsonNode node) {
        return switch (node.path("class").asText()) {
            case "COLUMN_REF", "WINDOW", "SUBQUERY", "POSITIONAL_REFERENCE" -> true;
            case "FUNCTION" -> SqlTree.any(node, inner -> SqlTree.isClass(inner, "LAMBDA"));
            default -> false;
        };
    }
}
