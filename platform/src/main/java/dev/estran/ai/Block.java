package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT whose calls are being answered. Its FROM clause is free of calls, and its WHERE clause holds the predicates
 * that are known so far, with their answers looked up.
 */
final class Block {

    private final ObjectNode select;
    private final @Nullable Enclosing enclosing;
    private @Nullable String rowidTable;

    /**
     * The block around a correlated subquery.
     *
     * @param guards predicates known to hold where the subquery stands
     */
    record Enclosing(Block block, List<JsonNode> guards) {}

    Block(ObjectNode select, @Nullable Enclosing enclosing) {
        this.select = select;
        this.enclosing = enclosing;
    }

    /** Another SELECT at the same place, for example over a part of FROM. */
    Block over(ObjectNode other) {
        return new Block(other, enclosing);
    }

    ObjectNode select() {
        return select;
    }

    boolean correlated() {
        return enclosing != null;
    }

    JsonNode from() {
        return select.get("from_table");
    }

    /** Whether rows have a fixed order, by the rowid of the one base table. */
    boolean ordered() {
        return rowidTable != null;
    }

    JsonNode rowid() {
        if (rowidTable == null) {
            throw new IllegalStateException("the block has no row order");
        }
        return SqlNodes.column(rowidTable, "rowid");
    }

    /** Reads the rows of a table of the instance instead of what FROM said, under the given alias. */
    void readFrom(String table, String alias, boolean ordered) {
        select.set("from_table", SqlNodes.table(table, alias));
        rowidTable = ordered ? alias : null;
    }

    List<JsonNode> where() {
        return SqlTree.conjuncts(select.path("where_clause"));
    }

    void where(List<JsonNode> conditions) {
        if (conditions.isEmpty()) {
            select.putNull("where_clause");
        } else {
            select.set("where_clause", SqlNodes.and(conditions));
        }
    }

    void addWhere(JsonNode condition) {
        List<JsonNode> conditions = new ArrayList<>(where());
        conditions.add(condition);
        where(conditions);
    }

    /**
     * The query of some expressions over the rows known so far, one row each, with the row's place last where rows are
     * ordered. For a correlated block the rows are those of every row around it.
     */
    ObjectNode rows(List<? extends JsonNode> items, PrivateNames names) {
        List<JsonNode> columns = SqlTree.copies(items);
        if (ordered()) {
            columns.add(SqlNodes.aliased(rowid(), names.row()));
        }
        ObjectNode own = SqlNodes.select(columns, from().deepCopy(), SqlTree.copies(where()));
        return enclosing == null ? own : enclosed(own, items, names);
    }

    private ObjectNode enclosed(ObjectNode own, List<? extends JsonNode> items, PrivateNames names) {
        Enclosing around = java.util.Objects.requireNonNull(enclosing);
        String lateral = names.alias();
        List<JsonNode> columns = new ArrayList<>();
        for (JsonNode item : items) {
            String name = item.path("alias").asText();
            columns.add(SqlNodes.aliased(SqlNodes.column(lateral, name), name));
        }
        Block outer = around.block();
        JsonNode outerFrom = outer.from().deepCopy();
        JsonNode derived = SqlNodes.derived(own, lateral, List.of());
        JsonNode from = SqlTree.isType(outerFrom, "EMPTY") ? derived : SqlNodes.crossJoin(outerFrom, derived);
        Block joined = new Block(SqlNodes.select(List.of(), from, List.of()), outer.enclosing);
        List<JsonNode> conditions = SqlTree.copies(outer.where());
        conditions.addAll(SqlTree.copies(around.guards()));
        joined.where(conditions);
        return joined.rows(columns, names);
    }
}
