package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Frees a FROM clause of calls: subqueries in it become tables, join conditions get look-ups. */
final class FromClause {

    private final Stages stages;
    private final StagePlanner planner;
    private final CallRewriter rewriter;

    FromClause(Stages stages, StagePlanner planner, CallRewriter rewriter) {
        this.stages = stages;
        this.planner = planner;
        this.rewriter = rewriter;
    }

    /** Answers the calls in subqueries of FROM. */
    void subqueries(ObjectNode select, Block.@Nullable Enclosing enclosing) {
        JsonNode from = select.path("from_table");
        boolean join = SqlTree.isType(from, "JOIN");
        select.set("from_table", item(from, join, null, enclosing));
    }

    private JsonNode item(JsonNode from, boolean inJoin, @Nullable JsonNode left, Block.@Nullable Enclosing enclosing) {
        return switch (from.path("type").asText()) {
            case "JOIN" -> {
                ObjectNode join = (ObjectNode) from;
                JsonNode first = item(join.get("left"), true, left, enclosing);
                join.set("left", first);
                join.set("right", item(join.get("right"), true, first, enclosing));
                yield join;
            }
            case "SUBQUERY" -> subquery((ObjectNode) from, inJoin, left, enclosing);
            case "EXPRESSION_LIST" -> {
                Block nothing = new Block(SqlNodes.select(List.of(), SqlNodes.noTable(), List.of()), null);
                yield SqlTree.mapChildren(from, value -> rewriter.answer(nothing, List.of(), value));
            }
            default -> {
                if (CallBinder.hasCall(from)) {
                    throw new CannotCut("a call in a table function or PIVOT");
                }
                yield from;
            }
        };
    }

    private JsonNode subquery(
            ObjectNode item, boolean inJoin, @Nullable JsonNode left, Block.@Nullable Enclosing enclosing) {
        ObjectNode query = (ObjectNode) item.path("subquery").path("node");
        boolean calls = CallBinder.hasCall(query);
        if (!calls && !(inJoin && stages.unstable(query))) {
            return item;
        }
        if (left != null && !stages.standIns().binds(query)) {
            Block beside = new Block(SqlNodes.select(List.of(), left, List.of()), enclosing);
            planner.answer(query, new Block.Enclosing(beside, List.of()));
            return item;
        }
        planner.answer(query, null);
        if (enclosing != null) {
            return item;
        }
        String alias = item.path("alias").asText();
        ObjectNode table = SqlNodes.table(stages.materialise(query), alias.isEmpty() ? "unnamed_subquery" : alias);
        table.set("column_name_alias", item.path("column_name_alias"));
        table.set("sample", item.path("sample"));
        return table;
    }

    /**
     * Answers calls in ON. Those of inner joins that may stand in WHERE as well are moved there, so that they are asked
     * after every cheap predicate; the others are asked for the pairs that satisfy the cheap part of their ON.
     */
    void joins(Block block) {
        List<JsonNode> moved = new ArrayList<>();
        join(block.from(), true, block, moved);
        if (!moved.isEmpty()) {
            moved.addAll(block.where());
            block.where(moved);
        }
    }

    private void join(JsonNode from, boolean filtersResult, Block block, List<JsonNode> moved) {
        if (!SqlTree.isType(from, "JOIN")) {
            return;
        }
        ObjectNode join = (ObjectNode) from;
        String type = join.path("join_type").asText();
        join(
                join.get("left"),
                filtersResult && Set.of("INNER", "LEFT", "SEMI", "ANTI").contains(type),
                block,
                moved);
        join(join.get("right"), filtersResult && type.equals("INNER"), block, moved);
        if (!CallBinder.hasCall(join.path("condition"))) {
            return;
        }
        if (!join.path("ref_type").asText().equals("REGULAR")) {
            throw new CannotCut("a call in the condition of an ASOF or positional join");
        }
        List<JsonNode> cheap = new ArrayList<>();
        List<JsonNode> calling = new ArrayList<>();
        for (JsonNode conjunct : SqlTree.conjuncts(join.get("condition"))) {
            (CallBinder.hasCall(conjunct) ? calling : cheap).add(conjunct);
        }
        if (stages.functions().isVolatile(join.get("condition"))) {
            throw new CannotCut("a volatile function in a join condition with a call");
        }
        join.set("condition", cheap.isEmpty() ? SqlNodes.bool(true) : SqlNodes.and(SqlTree.copies(cheap)));
        for (JsonNode conjunct : calling) {
            if (filtersResult && type.equals("INNER") && bindsOver(block, conjunct)) {
                moved.add(conjunct);
            } else {
                cheap.add(askedOver(join, conjunct, block));
                join.set("condition", SqlNodes.and(SqlTree.copies(cheap)));
            }
        }
    }

    private boolean bindsOver(Block block, JsonNode conjunct) {
        return !block.correlated()
                && stages.standIns()
                        .binds(SqlNodes.select(
                                List.of(conjunct.deepCopy()), block.from().deepCopy(), List.of()));
    }

    private JsonNode askedOver(ObjectNode join, JsonNode conjunct, Block block) {
        ObjectNode pairs = SqlTree.copy(join);
        pairs.put("join_type", "INNER");
        Block over = block.over(SqlNodes.select(List.of(), pairs, List.of()));
        return rewriter.answer(over, List.of(), conjunct);
    }

    /** Names of the columns FROM gives, as the engine prints them. */
    List<String> columns(JsonNode from) {
        if (SqlTree.isType(from, "EMPTY")) {
            return List.of();
        }
        ObjectNode all = SqlNodes.select(List.of(SqlNodes.star()), from.deepCopy(), List.of());
        return stages.standIns().describe(all).stream()
                .map(dev.estran.Column::name)
                .toList();
    }
}
