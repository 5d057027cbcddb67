package dev.estran.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.sql.AiCalls;

/** What the AI calls of a statement would be and cost, as JSON. A cost that is missing is unknown, never 0. */
final class EstimateBody {

    private EstimateBody() {}

    static ObjectNode of(AiCalls.Estimate estimate, String currency) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        long calls = 0;
        long stored = 0;
        long tokens = 0;
        ArrayNode stages = body.putArray("stages");
        for (AiCalls.EstimatedStage stage : estimate.stages()) {
            calls += stage.calls();
            stored += stage.stored();
            tokens += stage.tokensIn();
            ObjectNode entry = stages.addObject()
                    .put("function", stage.function())
                    .put("model", stage.model())
                    .put("place", StatementBody.lower(stage.place()))
                    .put("rows", stage.rows())
                    .put("calls", stage.calls())
                    .put("stored", stage.stored())
                    .put("tokens_in", stage.tokensIn())
                    .put("method", stage.method())
                    .put("row_by_row", estimate.uncut().contains(stage.function()));
            StatementBody.cost(entry, "cost", stage.cost());
        }
        body.put("calls", calls).put("stored", stored).put("tokens_in", tokens).put("currency", currency);
        StatementBody.cost(body, "cost", estimate.cost());
        StatementBody.cost(body, "worst", estimate.worst());
        return body;
    }
}
