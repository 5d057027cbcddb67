package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.sql.EngineInstance;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the planner must know of the engine's functions, asked of the engine itself. */
record EngineFunctions(Set<String> aggregates, Set<String> volatiles) {

    private static final int MOST_FUNCTIONS = 10_000;

    static EngineFunctions load(EngineInstance instance) {
        return new EngineFunctions(
                names(instance, "function_type = 'aggregate'"), names(instance, "stability = 'VOLATILE'"));
    }

    private static Set<String> names(EngineInstance instance, String condition) {
        Set<String> names = new HashSet<>();
        String query = "SELECT DISTINCT function_name FROM duckdb_functions() WHERE " + condition;
        for (List<@Nullable Object> row : instance.rows(query, MOST_FUNCTIONS)) {
            names.add(String.valueOf(row.getFirst()).toLowerCase(Locale.ROOT));
        }
        return names;
    }

    boolean isAggregate(JsonNode node) {
        return (SqlTree.isClass(node, "FUNCTION") && aggregates.contains(SqlTree.name(node)))
                || SqlTree.isType(node, "GROUPING_FUNCTION");
    }

    /** Whether an expression uses an aggregate of its own block: subqueries have their own. */
    boolean aggregates(JsonNode node) {
        if (SqlTree.isQuery(node)) {
            return false;
        }
        if (isAggregate(node)) {
            return true;
        }
        for (JsonNode child : node) {
            if (child.isContainerNode() && aggregates(child)) {
                return true;
            }
        }
        return false;
    }

    boolean isVolatile(JsonNode node) {
        return SqlTree.any(
                node,
                inner -> (SqlTree.isClass(inner, "FUNCTION") && volatiles.contains(SqlTree.name(inner)))
                        || inner.path("sample").isObject());
    }
}
