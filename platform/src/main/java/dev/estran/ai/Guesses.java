package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What an estimate does not know: stand-ins for answers, and the columns that hold values made from them. */
final class Guesses {

    /** A field of our own on syntax nodes; the engine takes no notice of it. */
    private static final String MARK = "guessed_in_stage";

    private final Set<String> columns = new HashSet<>();

    /** @param stage index of the stage that would give the value */
    JsonNode mark(JsonNode standIn, int stage) {
        return ((ObjectNode) standIn).put(MARK, stage);
    }

    /** Whether the value of an expression depends on an answer. */
    boolean in(JsonNode expression) {
        return SqlTree.any(
                expression,
                node -> node.has(MARK)
                        || (!SqlTree.columnPath(node).isEmpty()
                                && columns.contains(
                                        SqlTree.columnPath(node).getLast().toLowerCase(Locale.ROOT))));
    }

    /** The last stage that an expression depends on, or -1. */
    int lastStage(JsonNode expression) {
        int[] last = {-1};
        SqlTree.visit(
                expression, node -> last[0] = Math.max(last[0], node.path(MARK).asInt(-1)));
        return last[0];
    }

    void column(String name) {
        columns.add(name.toLowerCase(Locale.ROOT));
    }

    /** Notes which output columns of a query are guessed. */
    void output(JsonNode query) {
        for (JsonNode item : query.path("select_list")) {
            if (in(item) && !item.path("alias").asText().isEmpty()) {
                column(item.path("alias").asText());
            }
        }
        ArrayNode branches = query.path("children") instanceof ArrayNode array ? array : null;
        if (branches != null) {
            branches.forEach(this::output);
        }
    }
}
