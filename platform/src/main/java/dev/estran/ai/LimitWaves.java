package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks the predicates of a {@code LIMIT n} without order in growing waves of distinct arguments, by first row, and stops
 * once enough rows pass.
 */
final class LimitWaves {

    private static final int FIRST_WAVE = 8;

    private final Stages stages;
    private final CallRewriter rewriter;

    LimitWaves(Stages stages, CallRewriter rewriter) {
        this.stages = stages;
        this.rewriter = rewriter;
    }

    /** How many rows the block needs at most, where it may stop early. */
    static OptionalLong needed(Block block, EngineFunctions functions) {
        ObjectNode select = block.select();
        long needed = -1;
        for (JsonNode modifier : select.path("modifiers")) {
            if (!SqlTree.isType(modifier, "LIMIT_MODIFIER")
                    || !modifier.path("limit_type").asText("ROW_COUNT").equals("ROW_COUNT")) {
                return OptionalLong.empty();
            }
            int limit = Aliases.position(modifier.path("limit"));
            int offset = Aliases.position(modifier.path("offset"));
            boolean literal = limit > 0 && (offset > 0 || !SqlTree.present(modifier.path("offset")));
            needed = literal ? (long) limit + offset : -1;
        }
        boolean plain = block.ordered()
                && !Grouping.isGrouped(select, functions)
                && !SqlTree.present(select.path("qualify"))
                && SqlTree.items(select.path("select_list")).stream()
                        .noneMatch(item -> SqlTree.any(
                                item,
                                node -> SqlTree.isClass(node, "WINDOW")
                                        || SqlTree.name(node).equals("unnest")));
        return plain && needed > 0 ? OptionalLong.of(needed) : OptionalLong.empty();
    }

    /** Adds the answered predicates to the block's WHERE, with a bound on its rows where not all were asked. */
    void answer(Block block, List<JsonNode> predicates, long needed) {
        Optional<String> firstRows = firstRows(block, predicates);
        List<JsonNode> known = block.where();
        long wave = FIRST_WAVE;
        for (long asked = wave; ; asked += wave) {
            long end = asked;
            Optional<Long> bound = firstRows.flatMap(table -> rowAfter(table, end));
            List<JsonNode> where = new ArrayList<>(SqlTree.copies(known));
            bound.ifPresent(
                    row -> where.add(SqlNodes.comparison("COMPARE_LESSTHAN", block.rowid(), SqlNodes.integer(row))));
            block.where(where);
            for (JsonNode predicate : SqlTree.copies(predicates)) {
                block.addWhere(rewriter.answer(block, List.of(), predicate));
            }
            if (bound.isEmpty() || passing(block) >= needed) {
                break;
            }
            wave *= 2;
        }
        firstRows.ifPresent(table -> stages.instance().execute("DROP TABLE " + table));
    }

    private long passing(Block block) {
        return stages.count(block.rows(
                List.of(SqlNodes.aliased(SqlNodes.integer(1), stages.names().key(0))), stages.names()));
    }

    /** A table of the first row of each distinct argument of the first call asked; empty where it has no argument. */
    private Optional<String> firstRows(Block block, List<JsonNode> predicates) {
        List<JsonNode> keys = firstCall(predicates.getFirst()).keys();
        if (keys.isEmpty() || keys.stream().anyMatch(stages.functions()::isVolatile)) {
            return Optional.empty();
        }
        PrivateNames names = stages.names();
        List<JsonNode> items = new ArrayList<>();
        List<JsonNode> groups = new ArrayList<>();
        List<JsonNode> present = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            items.add(SqlNodes.aliased(keys.get(i).deepCopy(), names.key(i)));
            groups.add(SqlNodes.column(names.key(i)));
            present.add(SqlNodes.isNotNull(SqlNodes.column(names.key(i))));
        }
        List<JsonNode> columns = new ArrayList<>(groups);
        columns.add(SqlNodes.aliased(SqlNodes.function("min", SqlNodes.column(names.row())), names.row()));
        ObjectNode first =
                SqlNodes.select(columns, SqlNodes.derived(block.rows(items, names), names.alias(), List.of()), present);
        SqlNodes.groupByAll(first);
        ObjectNode ordered = SqlNodes.select(
                List.of(SqlNodes.column(names.row())), SqlNodes.derived(first, names.alias(), List.of()), List.of());
        SqlNodes.orderBy(ordered, List.of(SqlNodes.column(names.row())));
        return Optional.of(stages.materialise(ordered));
    }

    private BoundCall firstCall(JsonNode expression) {
        List<ObjectNode> innermost = new ArrayList<>();
        SqlTree.visit(expression, node -> {
            if (CallBinder.isCall(node) && !CallBinder.hasCall(node.path("arguments"))) {
                innermost.add(node);
            }
        });
        return stages.binder().bind(innermost.getFirst());
    }

    /** The row at which the argument after the first {@code count} ones comes up, or empty where there is none. */
    private Optional<Long> rowAfter(String table, long count) {
        List<List<@org.jspecify.annotations.Nullable Object>> rows = stages.instance()
                .rows("SELECT " + stages.names().row() + " FROM " + table + " WHERE rowid = " + count, 1);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(((Number) rows.getFirst().getFirst()).longValue());
    }
}
