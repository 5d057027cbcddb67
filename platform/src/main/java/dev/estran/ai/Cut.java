package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Splits a block in two: its lower part (up to grouping, windows or LIMIT) becomes a table whose columns are the values
 * that the upper part needs; the upper part is a plain block over that table.
 */
final class Cut {

    private final Stages stages;
    private final Block block;
    private final Predicate<JsonNode> isValue;
    private final List<Column> output;
    private final Set<String> outputNames;
    private final List<JsonNode> values = new ArrayList<>();
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private int width;

    /** @param isValue whether the lower part computes this expression as a whole */
    Cut(Stages stages, Block block, Predicate<JsonNode> isValue) {
        if (block.correlated()) {
            throw new CannotCut("a correlated subquery that groups, sorts or uses windows around a call");
        }
        this.stages = stages;
        this.block = block;
        this.isValue = isValue;
        this.output = stages.standIns().describe(block.select());
        this.outputNames = output.stream()
                .map(column -> column.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The select list of the upper part, with the names the block's output has. */
    List<JsonNode> upperItems(boolean wholeItems) {
        List<JsonNode> upper = new ArrayList<>();
        List<JsonNode> items = SqlTree.items(block.select().path("select_list"));
        long stars =
                items.stream().filter(item -> SqlTree.isClass(item, "STAR")).count();
        for (JsonNode item : items) {
            if (SqlTree.isClass(item, "STAR")) {
                int starWidth = stars == 1 ? output.size() - items.size() + 1 : starWidth(item);
                int first = width;
                values.add(item.deepCopy());
                width += starWidth;
                for (int i = 0; i < starWidth; i++) {
                    upper.add(named(reference(first + i), upper.size()));
                }
            } else if (wholeItems && !CallBinder.hasCall(item)) {
                upper.add(named(value(item), upper.size()));
            } else {
                upper.add(named(upper(item.deepCopy()), upper.size()));
            }
        }
        return upper;
    }

    private int starWidth(JsonNode star) {
        ObjectNode query =
                SqlNodes.select(List.of(star.deepCopy()), block.from().deepCopy(), List.of());
        return stages.standIns().describe(query).size();
    }

    private JsonNode named(JsonNode expression, int position) {
        return SqlNodes.aliased(expression, output.get(position).name());
    }

    /** The expression over the lower part's columns. Changes the one given. */
    JsonNode upper(JsonNode expression) {
        if (!CallBinder.hasCall(expression) && isValue.test(expression)) {
            return value(expression);
        }
        if (SqlTree.isClass(expression, "SUBQUERY") || SqlTree.isClass(expression, "LAMBDA")) {
            throw new CannotCut("a call inside a correlated subquery or lambda above a cut");
        }
        return SqlTree.mapChildren(expression, this::upper);
    }

    /** A bare output name in ORDER BY stays as it is. */
    JsonNode upperOrder(JsonNode expression) {
        List<String> path = SqlTree.columnPath(expression);
        boolean outputName =
                path.size() == 1 && outputNames.contains(path.getFirst().toLowerCase(java.util.Locale.ROOT));
        return outputName || Aliases.position(expression) > 0 || SqlTree.isClass(expression, "STAR")
                ? expression
                : upper(expression);
    }

    private JsonNode value(JsonNode expression) {
        Integer known = columns.get(SqlTree.fingerprint(expression));
        if (known == null) {
            known = width++;
            values.add(expression.deepCopy());
            columns.put(SqlTree.fingerprint(expression), known);
        }
        return reference(known);
    }

    private JsonNode reference(int column) {
        return SqlNodes.column(stages.names().column(column));
    }

    /** Every column of the lower part by its position, which makes an order total. */
    List<JsonNode> places() {
        List<JsonNode> places = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            places.add(SqlNodes.integer(i));
        }
        return places;
    }

    private void noteGuesses(List<String> names) {
        Guesses guesses = stages.guesses();
        if (guesses == null) {
            return;
        }
        int column = 0;
        for (JsonNode value : values) {
            if (guesses.in(value)) {
                guesses.column(names.get(column));
            }
            column += SqlTree.isClass(value, "STAR") ? width - values.size() + 1 : 1;
        }
    }

    /** Makes the table of the lower part; from here on the block reads it. */
    void make(ObjectNode lower) {
        if (values.isEmpty()) {
            values.add(SqlNodes.function("count_star"));
            width++;
        }
        ((ArrayNode) lower.get("select_list")).removeAll().addAll(values);
        if (lower.path("modifiers").isEmpty()) {
            SqlNodes.orderBy(lower, places());
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            names.add(stages.names().column(i));
        }
        noteGuesses(names);
        String alias = stages.names().alias();
        String table = stages.materialise(
                SqlNodes.select(List.of(SqlNodes.star()), SqlNodes.derived(lower, alias, names), List.of()));
        block.readFrom(table, alias, !stages.estimating());
        ObjectNode select = block.select();
        block.where(List.of());
        select.putArray("group_expressions");
        select.putArray("group_sets");
        select.put("aggregate_handling", "STANDARD_HANDLING");
        select.putNull("having").putNull("qualify").putNull("sample");
    }
}
