package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How many distinct arguments a call has over the rows of a block: counted, approximated, or estimated from a sample. */
final class ArgumentCounter {

    private static final long COUNTED_UP_TO = 20_000;
    private static final long APPROXIMATED_UP_TO = 1_000_000;
    private static final int SAMPLED_ROWS = 2_000;
    private static final int TUPLES_LOOKED_UP = 500;

    private final Stages stages;

    /**
     * @param rows rows where no argument is NULL
     * @param sample some of the distinct arguments; empty where there are none, or one that is constant
     */
    record Count(long rows, double distinct, String method, double averageChars, List<List<String>> sample) {}

    ArgumentCounter(Stages stages) {
        this.stages = stages;
    }

    Count count(Block block, List<JsonNode> guards, List<JsonNode> keys) {
        if (keys.isEmpty()) {
            long rows = stages.count(rows(block, guards, List.of(SqlNodes.text(""))));
            return new Count(rows, Math.min(1, rows), "counted", 0, List.of());
        }
        String rows = stages.parser().printQuery(rows(block, guards, keys));
        String columns =
                IntStream.range(0, keys.size()).mapToObj(stages.names()::key).collect(Collectors.joining(", "));
        String chars = IntStream.range(0, keys.size())
                .mapToObj(i -> "length(" + stages.names().key(i) + ")")
                .collect(Collectors.joining(" + "));
        String alias = stages.names().alias();
        String from = " FROM (" + rows + ") AS " + alias;
        List<@Nullable Object> totals = stages.instance()
                .rows("SELECT count(*), coalesce(avg(" + chars + "), 0)::DOUBLE" + from, 1)
                .getFirst();
        long total = number(totals.getFirst()).longValue();
        double averageChars = number(totals.getLast()).doubleValue();
        List<List<String>> sample = sample("SELECT DISTINCT " + columns + from + " LIMIT " + TUPLES_LOOKED_UP);
        if (total <= COUNTED_UP_TO) {
            long distinct = stages.instance().number("SELECT count(*) FROM (SELECT DISTINCT " + columns + from + ")");
            return new Count(total, distinct, "counted", averageChars, sample);
        }
        if (total <= APPROXIMATED_UP_TO) {
            long distinct = stages.instance().number("SELECT approx_count_distinct(hash(" + columns + "))" + from);
            return new Count(total, Math.min(total, distinct), "approximated", averageChars, sample);
        }
        return new Count(total, guaranteedError(columns, from, total), "sampled", averageChars, sample);
    }

    /**
     * The Guaranteed-Error Estimator of Charikar and others (Towards Estimation Error Guarantees for Distinct Values, PODS
     * 2000): values seen once stand for sqrt(rows / sampled) values each. Sampled outside the subquery, because the engine
     * samples before it filters.
     */
    private double guaranteedError(String columns, String from, long total) {
        String sampled = "SELECT count(*) AS c FROM (SELECT * FROM (SELECT " + columns + from
                + ") USING SAMPLE reservoir(" + SAMPLED_ROWS + " ROWS) REPEATABLE (7)) GROUP BY " + columns;
        List<@Nullable Object> row = stages.instance()
                .rows("SELECT sum(c)::BIGINT, count(*), count(*) FILTER (WHERE c = 1) FROM (" + sampled + ")", 1)
                .getFirst();
        double once = number(row.get(2)).doubleValue();
        double distinct = number(row.get(1)).doubleValue();
        double scale = Math.sqrt((double) total / Math.max(1, number(row.get(0)).doubleValue()));
        return Math.min((double) total, scale * once + distinct - once);
    }

    private static Number number(@Nullable Object value) {
        return value instanceof Number number ? number : 0;
    }

    private ObjectNode rows(Block block, List<JsonNode> guards, List<JsonNode> keys) {
        List<JsonNode> items = new ArrayList<>();
        List<JsonNode> columns = new ArrayList<>();
        List<JsonNode> conditions = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String name = stages.names().key(i);
            JsonNode key = keys.get(i).deepCopy();
            JsonNode guarded = guards.isEmpty() ? key : SqlNodes.when(SqlNodes.and(SqlTree.copies(guards)), key);
            items.add(SqlNodes.aliased(guarded, name));
            columns.add(SqlNodes.column(name));
            conditions.add(SqlNodes.isNotNull(SqlNodes.column(name)));
        }
        JsonNode from = SqlNodes.derived(
                block.rows(items, stages.names()), stages.names().alias(), List.of());
        return SqlNodes.select(columns, from, conditions);
    }

    private List<List<String>> sample(String query) {
        List<List<String>> tuples = new ArrayList<>();
        for (List<@Nullable Object> row : stages.instance().rows(query, TUPLES_LOOKED_UP)) {
            tuples.add(row.stream().map(String::valueOf).toList());
        }
        return tuples;
    }
}
