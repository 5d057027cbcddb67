package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table or view a query reads, at a version if it says one. Two references of one query that mean the same are equal.
 *
 * @param candidates the full names it may stand for by the search path, best first; at least one
 * @param at what follows {@code AT}, or null for the newest version
 */
public record TableRef(List<TableName> candidates, @Nullable At at) {

    public TableRef {
        candidates = List.copyOf(candidates);
    }

    /** The first candidate. */
    public TableName name() {
        return candidates.getFirst();
    }

    /**
     * @param unit {@code VERSION} or {@code TIMESTAMP}
     * @param constant the text of a constant, casts around it left out; null where it has to be computed
     * @param expression checked, free of columns' names of the query
     */
    public record At(String unit, @Nullable String constant, JsonNode expression) {}
}
