package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The views of one statement, set into its query as subqueries, so that AI calls inside them are cut like any other. */
final class InlinedViews {

    private final Map<String, ObjectNode> subqueries = new HashMap<>();

    /** @param query the view's own query, bound */
    void put(String privateName, ObjectNode query, List<String> columns) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "SUBQUERY");
        node.put("alias", "");
        node.putNull("sample");
        ObjectNode statement = node.putObject("subquery");
        statement.set("node", query);
        statement.putArray("named_param_map");
        ArrayNode names = node.putArray("column_name_alias");
        columns.forEach(names::add);
        subqueries.put(privateName, node);
    }

    /** The query with each view's private name replaced; changes the given tree. */
    ObjectNode inline(ObjectNode query) {
        return subqueries.isEmpty() ? query : (ObjectNode) replaced(query);
    }

    private JsonNode replaced(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.get(i)));
            }
            return array;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        if (object.path("type").asText().equals("BASE_TABLE")) {
            ObjectNode view = subqueries.get(object.at("/qualified_name/path/0").asText());
            return view == null ? object : inPlaceOf(object, view.deepCopy());
        }
        List<String> fields = new ArrayList<>();
        object.fieldNames().forEachRemaining(fields::add);
        fields.forEach(field -> object.set(field, replaced(object.get(field))));
        return object;
    }

    /** Alias, position and renamed columns are those of the reference. */
    private static ObjectNode inPlaceOf(ObjectNode reference, ObjectNode view) {
        view.set("alias", reference.get("alias"));
        if (reference.has("query_location")) {
            view.set("query_location", reference.get("query_location"));
        }
        JsonNode renamed = reference.path("column_name_alias");
        if (renamed.isArray() && !renamed.isEmpty()) {
            view.set("column_name_alias", renamed);
        }
        return view;
    }
}
