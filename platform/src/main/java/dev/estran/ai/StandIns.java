package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.QueryParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Binds queries with AI calls before any is answered: each call is replaced by a NULL of its type that keeps its arguments. */
final class StandIns {

    private static final Set<ErrorCode> DOES_NOT_BIND =
            Set.of(ErrorCode.BIND_ERROR, ErrorCode.COLUMN_NOT_FOUND, ErrorCode.ENGINE_ERROR);

    private final QueryParser parser;
    private final EngineInstance instance;
    private final CallBinder binder;

    StandIns(QueryParser parser, EngineInstance instance, CallBinder binder) {
        this.parser = parser;
        this.instance = instance;
        this.binder = binder;
    }

    /** Output columns of a query that may hold calls. */
    List<Column> describe(JsonNode query) {
        JsonNode copy = query.deepCopy();
        fill(copy);
        return instance.describe(parser.printQuery(copy));
    }

    /** Whether a query stands on its own, that is, names nothing of the blocks around it. */
    boolean binds(JsonNode query) {
        try {
            describe(query);
            return true;
        } catch (EstranException e) {
            if (doesNotBind(e)) {
                return false;
            }
            throw e;
        }
    }

    static boolean doesNotBind(EstranException e) {
        return DOES_NOT_BIND.contains(e.code());
    }

    private void fill(JsonNode node) {
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                fill(child);
            }
        }
        if (node instanceof ObjectNode object && CallBinder.isCall(node)) {
            String alias = object.path("alias").asText();
            ObjectNode stand = standIn(binder.bind(node));
            object.removeAll();
            object.setAll(stand);
            object.put("alias", alias);
        }
    }

    /** {@code CAST(CASE WHEN FALSE THEN concat(keys) END AS type)}. */
    private ObjectNode standIn(BoundCall call) {
        List<JsonNode> arguments = new ArrayList<>(List.of(SqlNodes.text("")));
        call.keys().forEach(key -> arguments.add(key.deepCopy()));
        JsonNode all = SqlNodes.function("concat", arguments.toArray(JsonNode[]::new));
        ObjectNode cast = (ObjectNode) parser.parseExpression("TRY_CAST(NULL AS " + call.type() + ")");
        cast.set("child", SqlNodes.when(SqlNodes.bool(false), all));
        return cast;
    }
}
