package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes out the aliases and positions by which clauses of a block refer to its select list, so that each clause stands
 * alone when the block is cut. A column of FROM goes before an alias of the same name, as in the engine.
 */
final class Aliases {

    private final Set<String> fromColumns;
    private final Map<String, JsonNode> meanings = new HashMap<>();

    private Aliases(Set<String> fromColumns) {
        this.fromColumns = fromColumns;
    }

    /** @param fromColumns names of the columns of FROM, lower case */
    static void expand(ObjectNode select, Set<String> fromColumns) {
        Aliases aliases = new Aliases(fromColumns);
        ArrayNode items = SqlTree.list(select, "select_list");
        for (int i = 0; i < items.size(); i++) {
            JsonNode item = aliases.replaceIn(items.get(i));
            items.set(i, item);
            aliases.define(item);
        }
        for (String clause : List.of("where_clause", "having", "qualify")) {
            if (SqlTree.present(select.path(clause))) {
                select.set(clause, aliases.replace(select.get(clause)));
            }
        }
        aliases.groups(SqlTree.list(select, "group_expressions"), items);
        aliases.orders(select);
    }

    private void define(JsonNode item) {
        String alias = item.path("alias").asText().toLowerCase(Locale.ROOT);
        if (!alias.isEmpty() && !fromColumns.contains(alias)) {
            ObjectNode meaning = SqlTree.copy(item);
            meaning.put("alias", "");
            meanings.putIfAbsent(alias, meaning);
        }
    }

    private void groups(ArrayNode groups, ArrayNode items) {
        boolean positionsHold = SqlTree.items(items).stream().noneMatch(item -> SqlTree.isClass(item, "STAR"));
        for (int i = 0; i < groups.size(); i++) {
            int position = position(groups.get(i));
            if (position > 0 && position <= items.size() && positionsHold) {
                ObjectNode item = SqlTree.copy(items.get(position - 1));
                groups.set(i, item.put("alias", ""));
            } else {
                groups.set(i, replace(groups.get(i)));
            }
        }
    }

    /** A bare alias in ORDER BY is the engine's affair, until a call is around it. */
    private void orders(ObjectNode select) {
        for (JsonNode modifier : select.path("modifiers")) {
            for (JsonNode order : modifier.path("orders")) {
                if (CallBinder.hasCall(order)) {
                    ((ObjectNode) order).set("expression", replace(order.get("expression")));
                }
            }
        }
    }

    /** The position an integer constant stands for in ORDER BY and GROUP BY, or 0. */
    static int position(JsonNode expression) {
        JsonNode literal = expression.path("literal");
        return literal.path("kind").asText().equals("INTEGER")
                        && literal.path("text").asText().length() < 6
                ? Integer.parseInt(literal.path("text").asText())
                : 0;
    }

    private JsonNode replaceIn(JsonNode item) {
        String alias = item.path("alias").asText();
        return SqlNodes.aliased(replace(item), alias);
    }

    private JsonNode replace(JsonNode expression) {
        if (SqlTree.isClass(expression, "COLUMN_REF")) {
            List<String> path = SqlTree.columnPath(expression);
            JsonNode meaning = path.size() == 1 ? meanings.get(path.getFirst().toLowerCase(Locale.ROOT)) : null;
            return meaning == null ? expression : meaning.deepCopy();
        }
        return SqlTree.isClass(expression, "LAMBDA") ? expression : SqlTree.mapChildren(expression, this::replace);
    }
}
