package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rows of a block's one FROM item that pass the cheap predicates, kept as a table with the columns that the block
 * names. The table takes the item's alias, so that every name in the block still means the same.
 */
final class BaseTable {

    private final Stages stages;

    BaseTable(Stages stages) {
        this.stages = stages;
    }

    /** Whether FROM is one item, and the block stands on its own. */
    static boolean possible(Block block) {
        String type = block.from().path("type").asText();
        return !block.correlated() && !type.equals("JOIN") && !type.equals("EMPTY");
    }

    /**
     * @param columns of the FROM item, as the engine prints them
     * @param later predicates that will be added to WHERE afterwards
     */
    void make(Block block, List<String> columns, List<JsonNode> later) {
        ObjectNode select = block.select();
        boolean ordered = !stages.estimating() && columns.stream().noneMatch("rowid"::equalsIgnoreCase);
        List<JsonNode> items = new ArrayList<>();
        for (String column : needed(select, later, columns)) {
            items.add(SqlNodes.column(column));
        }
        if (items.isEmpty()) {
            items.add(SqlNodes.aliased(SqlNodes.bool(true), stages.names().column(0)));
        }
        ObjectNode query = SqlNodes.select(items, block.from(), block.where());
        query.set("sample", select.get("sample"));
        String alias = alias(block.from());
        block.readFrom(stages.materialise(query), alias, ordered);
        select.putNull("sample");
        block.where(List.of());
    }

    private static String alias(JsonNode item) {
        String alias = item.path("alias").asText();
        if (!alias.isEmpty()) {
            return alias;
        }
        return switch (item.path("type").asText()) {
            case "BASE_TABLE" -> SqlTree.name(item);
            case "TABLE_FUNCTION" -> SqlTree.name(item.path("function"));
            default -> "unnamed_subquery";
        };
    }

    private static List<String> needed(ObjectNode select, List<JsonNode> later, List<String> columns) {
        Set<String> named = new HashSet<>();
        List<JsonNode> parts = new ArrayList<>(later);
        select.properties().forEach(field -> {
            // The predicates of WHERE are settled in the base table itself.
            if (!field.getKey().equals("from_table") && !field.getKey().equals("where_clause")) {
                parts.add(field.getValue());
            }
        });
        boolean all = parts.stream().anyMatch(part -> SqlTree.any(part, BaseTable::namesEveryColumn));
        parts.forEach(part -> SqlTree.visit(part, node -> {
            SqlTree.columnPath(node).forEach(name -> named.add(name.toLowerCase(Locale.ROOT)));
            node.path("using_columns").forEach(name -> named.add(name.asText().toLowerCase(Locale.ROOT)));
        }));
        return columns.stream()
                .filter(column -> all || named.contains(column.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static boolean namesEveryColumn(JsonNode node) {
        return SqlTree.isClass(node, "STAR") || SqlTree.isClass(node, "POSITIONAL_REFERENCE");
    }
}
