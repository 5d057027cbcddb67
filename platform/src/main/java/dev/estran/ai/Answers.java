package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.QueryParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks about the distinct arguments that a call needs, keeps the answers in tables of the instance, and makes the look-ups
 * that stand for the calls. Calls that differ by their rows' arguments only share a table, so nothing is asked twice.
 */
final class Answers implements Asker {

    private final QueryParser parser;
    private final EngineInstance instance;
    private final PrivateNames names;
    private final EngineFunctions functions;
    private final Asking asking;
    private final Map<String, AnswerTable> tables = new LinkedHashMap<>();

    /** Rows and arguments that have been asked about: a call written twice is found again without a query. */
    private final Set<String> asked = new HashSet<>();

    Answers(Stages stages, Asking asking) {
        this.parser = stages.parser();
        this.instance = stages.instance();
        this.names = stages.names();
        this.functions = stages.functions();
        this.asking = asking;
    }

    @Override
    public JsonNode answer(Block block, List<JsonNode> guards, BoundCall call) {
        if (call.alwaysNull()) {
            return parser.parseExpression("CAST(NULL AS " + call.type() + ")");
        }
        refuseVolatile(guards);
        refuseVolatile(call.keys());
        AnswerTable table = tables.computeIfAbsent(call.signature(), any -> AnswerTable.create(instance, names, call));
        ask(block, guards, call, table);
        return lookup(guards, call, table);
    }

    private void refuseVolatile(List<JsonNode> expressions) {
        if (expressions.stream().anyMatch(functions::isVolatile)) {
            throw new CannotCut("a volatile function would differ between stages");
        }
    }

    private void ask(Block block, List<JsonNode> guards, BoundCall call, AnswerTable table) {
        boolean perRow = !call.keys().isEmpty();
        if (!perRow && !table.isEmpty()) {
            return;
        }
        if (perRow && !asked.add(call.signature() + block.rows(guarded(guards, call.keys()), names))) {
            return;
        }
        ObjectNode missing = distinct(block, guards, call, table.isEmpty() ? null : unanswered(call, table));
        String arguments = names.distinct();
        instance.execute("CREATE TABLE " + arguments + " AS " + parser.printQuery(missing));
        asking.ask(call, table, arguments, perRow ? call.keys().size() : 0);
        instance.execute("DROP TABLE " + arguments);
        if (call.onError() == BoundCall.OnError.FAIL && table.failures() > 0) {
            failIfNeeded(block, guards, call, table);
        }
    }

    /** Earlier calls of the same signature may have put up with errors that this one must not. */
    private void failIfNeeded(Block block, List<JsonNode> guards, BoundCall call, AnswerTable table) {
        ObjectNode failed = distinct(block, guards, call, failed(call, table));
        long count = instance.number("SELECT count(*) FROM (" + parser.printQuery(failed) + ") AS " + names.alias());
        if (count > 0) {
            throw new EstranException(
                    ErrorCode.MODEL_FAILED,
                    call.call().function().name() + " failed for " + count + " of its distinct arguments; the first: "
                            + table.firstError()
                            + ". The other answers are stored: run the statement again, or use on_error => 'null'.",
                    Map.of("function", call.call().function().name(), "failed", count),
                    null);
        }
    }

    private List<JsonNode> guarded(List<JsonNode> guards, List<JsonNode> keys) {
        List<JsonNode> guarded = new ArrayList<>();
        for (JsonNode key : keys) {
            guarded.add(guards.isEmpty() ? key.deepCopy() : SqlNodes.when(and(guards), key.deepCopy()));
        }
        return guarded;
    }

    private static JsonNode and(List<JsonNode> conditions) {
        return SqlNodes.and(SqlTree.copies(conditions));
    }

    /** The distinct keys of the rows where the call is needed, in the order of their first row. */
    private ObjectNode distinct(Block block, List<JsonNode> guards, BoundCall call, @Nullable Condition further) {
        List<JsonNode> keys = call.keys().isEmpty() ? List.of(SqlNodes.text("")) : call.keys();
        List<JsonNode> inner = guarded(guards, keys);
        List<JsonNode> columns = new ArrayList<>();
        List<JsonNode> conditions = new ArrayList<>();
        String alias = names.alias();
        for (int i = 0; i < inner.size(); i++) {
            SqlNodes.aliased(inner.get(i), names.key(i));
            columns.add(SqlNodes.column(names.key(i)));
            conditions.add(SqlNodes.isNotNull(SqlNodes.column(names.key(i))));
        }
        if (further != null) {
            conditions.add(further.over(alias));
        }
        JsonNode rows = SqlNodes.derived(block.rows(inner, names), alias, List.of());
        ObjectNode query = SqlNodes.select(columns, rows, conditions);
        SqlNodes.groupByAll(query);
        SqlNodes.orderBy(
                query,
                block.ordered() && !block.correlated()
                        ? List.of(SqlNodes.function("min", SqlNodes.column(names.row())))
                        : SqlTree.copies(columns));
        return query;
    }

    private interface Condition {
        JsonNode over(String keysAlias);
    }

    private Condition unanswered(BoundCall call, AnswerTable table) {
        return alias -> SqlNodes.notExists(match(call, table, alias));
    }

    private Condition failed(BoundCall call, AnswerTable table) {
        return alias -> {
            ObjectNode match = match(call, table, alias);
            List<JsonNode> conditions = new ArrayList<>(SqlTree.conjuncts(match.path("where_clause")));
            conditions.add(SqlNodes.isNotNull(SqlNodes.column(names.error())));
            match.set("where_clause", SqlNodes.and(conditions));
            return SqlNodes.not(SqlNodes.notExists(match));
        };
    }

    private ObjectNode match(BoundCall call, AnswerTable table, String alias) {
        List<JsonNode> conditions = new ArrayList<>();
        for (int i = 0; i < call.keys().size(); i++) {
            conditions.add(
                    SqlNodes.equal(SqlNodes.column(table.name(), names.key(i)), SqlNodes.column(alias, names.key(i))));
        }
        return SqlNodes.select(List.of(SqlNodes.integer(1)), SqlNodes.table(table.name(), table.name()), conditions);
    }

    /** {@code (SELECT __v FROM __a1 WHERE __k0 = argument)}. */
    private JsonNode lookup(List<JsonNode> guards, BoundCall call, AnswerTable table) {
        List<JsonNode> conditions = new ArrayList<>();
        for (int i = 0; i < call.keys().size(); i++) {
            JsonNode key = call.keys().get(i);
            // The engine evaluates a look-up's argument for every row, whatever CASE stands around it.
            JsonNode safe =
                    guards.isEmpty() || cannotFail(key) ? key.deepCopy() : SqlNodes.when(and(guards), key.deepCopy());
            conditions.add(SqlNodes.equal(SqlNodes.column(names.key(i)), safe));
        }
        JsonNode value = SqlNodes.column(names.value());
        if (call.onError() == BoundCall.OnError.DETAIL) {
            value = parser.parseExpression(
                    "struct_pack(response := " + names.value() + ", error := " + names.error() + ")");
        }
        ObjectNode from = SqlNodes.table(table.name(), "");
        return SqlNodes.scalarSubquery(SqlNodes.select(List.of(value), from, conditions));
    }

    private static boolean cannotFail(JsonNode key) {
        return SqlTree.isClass(key.path("child"), "COLUMN_REF");
    }
}
