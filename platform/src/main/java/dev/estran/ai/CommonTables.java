package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Turns the WITH entries of a query into views and tables of the instance, so that every stage can name them. An entry
 * with calls, with rows that may differ when run again, or used twice becomes a table: it is computed once.
 */
final class CommonTables {

    private final Stages stages;

    CommonTables(Stages stages) {
        this.stages = stages;
    }

    /** @param answer answers the calls inside an entry's query, in place */
    void inline(ObjectNode query, Consumer<ObjectNode> answer) {
        ArrayNode entries = (ArrayNode) query.path("cte_map").path("map");
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            String key = entry.path("key").asText();
            ObjectNode body = (ObjectNode) entry.path("value").path("query_node");
            boolean calls = CallBinder.hasCall(body);
            answer.accept(body);
            int uses = references(query, key);
            ObjectNode reading = SqlNodes.select(List.of(SqlNodes.star()), SqlNodes.table(key, ""), List.of());
            ((ArrayNode) reading.path("cte_map").path("map")).add(entry.deepCopy());
            String replacement;
            if (calls || uses > 1 || stages.unstable(body) || materialized(entry)) {
                replacement = stages.materialise(reading);
            } else {
                replacement = stages.names().view();
                stages.instance()
                        .execute("CREATE VIEW " + replacement + " AS "
                                + stages.parser().printQuery(reading));
            }
            rename(query, i + 1, key, replacement);
        }
        entries.removeAll();
    }

    private static boolean materialized(JsonNode entry) {
        return entry.path("value").path("materialized").asText().equals("CTE_MATERIALIZE_ALWAYS");
    }

    private static int references(JsonNode node, String name) {
        int found = isReference(node, name) ? 1 : 0;
        for (JsonNode child : node) {
            found += child.isContainerNode() ? references(child, name) : 0;
        }
        return found;
    }

    private static boolean isReference(JsonNode node, String name) {
        return SqlTree.isType(node, "BASE_TABLE") && SqlTree.singleName(node).equals(name.toLowerCase(Locale.ROOT));
    }

    /** Renames references in the entries from the given one on, and in the rest of the query. */
    private static void rename(ObjectNode query, int firstEntry, String name, String replacement) {
        ArrayNode entries = (ArrayNode) query.path("cte_map").path("map");
        for (int i = firstEntry; i < entries.size(); i++) {
            boolean hides = entries.get(i).path("key").asText().equalsIgnoreCase(name);
            JsonNode body = entries.get(i).path("value").path("query_node");
            if (!hides || !SqlTree.isType(body, "RECURSIVE_CTE_NODE")) {
                renameIn(body, name, replacement);
            }
            if (hides) {
                return;
            }
        }
        query.properties().forEach(field -> {
            if (!field.getKey().equals("cte_map")) {
                renameIn(field.getValue(), name, replacement);
            }
        });
    }

    private static void renameIn(JsonNode node, String name, String replacement) {
        if (isReference(node, name)) {
            ObjectNode table = (ObjectNode) node;
            if (table.path("alias").asText().isEmpty()) {
                table.put(
                        "alias",
                        SqlTree.items(table.path("qualified_name").path("path"))
                                .getLast()
                                .asText());
            }
            ((ObjectNode) table.get("qualified_name")).putArray("path").add(replacement);
        } else if (node.has("cte_map") && node instanceof ObjectNode query) {
            rename(query, 0, name, replacement);
        } else {
            node.forEach(child -> renameIn(child, name, replacement));
        }
    }
}
