package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Answers a call for the rows of a block. */
interface Asker {

    /**
     * @param guards predicates that hold on the rows where the call is needed, beyond the block's WHERE
     * @return the expression that stands for the call
     */
    JsonNode answer(Block block, List<JsonNode> guards, BoundCall call);

    /** Leaves the block the rows for which a predicate holds. */
    default void assume(Block block, JsonNode predicate) {
        block.addWhere(predicate);
    }
}
