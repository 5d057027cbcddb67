package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A block whose only calls left stand in its select list, and that has a LIMIT: its rows are chosen first, then asked about. */
final class LimitCut {

    private LimitCut() {}

    /** @param block without grouping; its WHERE holds no call */
    static boolean possible(Block block) {
        ObjectNode select = block.select();
        boolean limited = false;
        for (JsonNode modifier : select.path("modifiers")) {
            switch (modifier.path("type").asText()) {
                case "LIMIT_MODIFIER" -> limited = true;
                case "ORDER_MODIFIER" -> {
                    for (JsonNode order : modifier.path("orders")) {
                        if (dependsOnCall(select, order.path("expression"))) {
                            return false;
                        }
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        return limited
                && !block.correlated()
                && !CallBinder.hasCall(select.path("qualify"))
                && SqlTree.items(select.path("select_list")).stream().noneMatch(LimitCut::mustStay);
    }

    /** A call inside a window sees every row; unnest changes the number of rows. */
    private static boolean mustStay(JsonNode item) {
        return CallBinder.hasCall(item)
                && SqlTree.any(
                        item,
                        node -> SqlTree.name(node).equals("unnest")
                                || (SqlTree.isClass(node, "WINDOW") && CallBinder.hasCall(node)));
    }

    private static boolean dependsOnCall(ObjectNode select, JsonNode order) {
        JsonNode items = select.path("select_list");
        if (CallBinder.hasCall(order) || SqlTree.isClass(order, "STAR")) {
            return true;
        }
        int position = Aliases.position(order);
        if (position > 0) {
            // A star before the position hides which item it is.
            boolean star = SqlTree.items(items).stream().anyMatch(item -> SqlTree.isClass(item, "STAR"));
            return star || position > items.size() || CallBinder.hasCall(items.get(position - 1));
        }
        return SqlTree.any(
                order,
                node -> SqlTree.columnPath(node).size() == 1
                        && SqlTree.items(items).stream()
                                .anyMatch(item -> CallBinder.hasCall(item)
                                        && item.path("alias")
                                                .asText()
                                                .toLowerCase(Locale.ROOT)
                                                .equals(SqlTree.columnPath(node)
                                                        .getFirst()
                                                        .toLowerCase(Locale.ROOT))));
    }

    static void make(Stages stages, Block block) {
        ObjectNode select = block.select();
        boolean join = SqlTree.isType(block.from(), "JOIN");
        Cut cut = new Cut(stages, block, Windows::isValue);
        List<JsonNode> items = cut.upperItems(true);
        ObjectNode lower = SqlTree.copy(select);
        breakTies(block, lower, cut.places(), join);
        cut.make(lower);
        ((ArrayNode) select.get("select_list")).removeAll().addAll(items);
        select.putArray("modifiers");
        if (block.ordered()) {
            SqlNodes.orderBy(select, List.of(block.rowid()));
        }
    }

    private static void breakTies(Block block, ObjectNode lower, List<JsonNode> places, boolean join) {
        for (JsonNode modifier : lower.path("modifiers")) {
            if (modifier.has("orders")) {
                ArrayNode orders = SqlTree.list(modifier, "orders");
                for (JsonNode order : orders) {
                    int position = Aliases.position(order.path("expression"));
                    if (position > 0) {
                        ((ObjectNode) order).set("expression", original(lower, position));
                    }
                }
                places.forEach(place -> orders.add(SqlNodes.order(place)));
                return;
            }
        }
        if (block.ordered()) {
            insertOrder(lower, List.of(block.rowid()));
        } else if (join) {
            insertOrder(lower, places);
        }
    }

    private static JsonNode original(ObjectNode lower, int position) {
        return ((ObjectNode) lower.path("select_list").get(position - 1).deepCopy()).put("alias", "");
    }

    private static void insertOrder(ObjectNode lower, List<JsonNode> orders) {
        JsonNode limits = lower.get("modifiers").deepCopy();
        lower.putArray("modifiers");
        SqlNodes.orderBy(lower, orders);
        limits.forEach(((ArrayNode) lower.get("modifiers"))::add);
    }
}
