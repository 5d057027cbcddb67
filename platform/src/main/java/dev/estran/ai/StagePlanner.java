package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.EstranException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts a query at its AI calls, blocks innermost first, and runs the part below each call. One per statement. */
final class StagePlanner {

    private static final Logger log = LoggerFactory.getLogger(StagePlanner.class);

    private final Stages stages;
    private final Asker asker;
    private final CallRewriter rewriter;
    private final FromClause fromClause;
    private final UncutCalls uncut;

    StagePlanner(Stages stages, Asker asker, UncutCalls uncut) {
        this.stages = stages;
        this.asker = asker;
        this.rewriter = new CallRewriter(stages.binder(), asker, stages.functions(), this::answerSubquery);
        this.fromClause = new FromClause(stages, this, rewriter);
        this.uncut = uncut;
    }

    /**
     * Answers every call of a query, in place. What cannot be cut runs row by row: the query given has been bound before,
     * so a part of it that does not bind is one that this planner took out of a place it depends on.
     */
    void answer(ObjectNode query, Block.@Nullable Enclosing enclosing) {
        if (!CallBinder.hasCall(query)) {
            return;
        }
        ObjectNode original = SqlTree.copy(query);
        try {
            cut(query, enclosing);
        } catch (CannotCut e) {
            log.debug("calls run row by row: {}", e.getMessage());
            runUncut(query, original);
        } catch (EstranException e) {
            if (!StandIns.doesNotBind(e)) {
                throw e;
            }
            log.debug("calls run row by row: {}", e.code());
            runUncut(query, original);
        }
    }

    private void runUncut(ObjectNode query, ObjectNode original) {
        query.removeAll();
        query.setAll(original);
        uncut.replace(query);
    }

    private void cut(ObjectNode query, Block.@Nullable Enclosing enclosing) {
        new CommonTables(stages).inline(query, body -> answer(body, null));
        switch (query.path("type").asText()) {
            case "SELECT_NODE" -> {
                fromClause.subqueries(query, enclosing);
                if (CallBinder.hasCall(query)) {
                    select(query, enclosing);
                } else {
                    breakTies(query, enclosing);
                }
            }
            case "SET_OPERATION_NODE" -> {
                if (CallBinder.hasCall(query.path("modifiers"))) {
                    throw new CannotCut("a call that orders a set operation");
                }
                for (JsonNode branch : query.path("children")) {
                    answer((ObjectNode) branch, enclosing);
                }
                breakTies(query, enclosing);
            }
            default -> throw new CannotCut("a " + query.path("type").asText());
        }
    }

    /** The select itself falls back on its own, so that the tables made for its FROM stay of use. */
    private void select(ObjectNode query, Block.@Nullable Enclosing enclosing) {
        ObjectNode original = SqlTree.copy(query);
        try {
            new SelectPlan(stages, asker, rewriter, fromClause, new Block(query, enclosing)).run();
        } catch (CannotCut e) {
            log.debug("calls run row by row: {}", e.getMessage());
            runUncut(query, original);
        } catch (EstranException e) {
            if (!StandIns.doesNotBind(e)) {
                throw e;
            }
            log.debug("calls run row by row: {}", e.code());
            runUncut(query, original);
        }
        breakTies(query, enclosing);
    }

    private JsonNode answerSubquery(Block block, List<JsonNode> guards, ObjectNode subquery) {
        ObjectNode query = (ObjectNode) subquery.path("subquery").path("node");
        if (CallBinder.hasCall(query)) {
            boolean alone = stages.standIns().binds(query);
            answer(query, alone ? null : new Block.Enclosing(block, guards));
        }
        return subquery;
    }

    /** Sorts equal rows by their output, so that the same statement gives the same result twice. */
    private void breakTies(ObjectNode query, Block.@Nullable Enclosing enclosing) {
        if (enclosing != null) {
            return;
        }
        for (JsonNode modifier : query.path("modifiers")) {
            if (modifier.has("orders") && !modifier.path("orders").isEmpty() && !sortsByRow(modifier)) {
                ArrayNode orders = SqlTree.list(modifier, "orders");
                int columns = stages.standIns().describe(query).size();
                for (int i = 1; i <= columns; i++) {
                    orders.add(SqlNodes.order(SqlNodes.integer(i)));
                }
            }
        }
    }

    /** Whether the order is by ALL columns, or by the place in a table of this planner's. */
    private boolean sortsByRow(JsonNode modifier) {
        JsonNode first = modifier.path("orders").get(0).path("expression");
        return SqlTree.isClass(first, "STAR") || stages.names().isRowid(SqlTree.columnPath(first));
    }
}
