package dev.estran.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A query that passed the gate. Immutable; trees are handed out as copies. */
public final class GatedQuery {

    private final ObjectNode tree;
    private final SessionNames names;
    private final List<TableRef> tables;
    private final Set<String> functions;
    private final boolean holdsAi;
    private final boolean holdsSubquery;

    GatedQuery(
            ObjectNode tree,
            SessionNames names,
            List<TableRef> tables,
            Set<String> functions,
            boolean holdsAi,
            boolean holdsSubquery) {
        this.tree = tree;
        this.names = names;
        this.tables = tables;
        this.functions = Set.copyOf(functions);
        this.holdsAi = holdsAi;
        this.holdsSubquery = holdsSubquery;
    }

    /** The query as the caller wrote it, with the caller's names. */
    public ObjectNode tree() {
        return tree.deepCopy();
    }

    /** Tables and views it reads, each once, in order of appearance. */
    public List<TableRef> tables() {
        return tables;
    }

    /** Functions it calls, operators included, in lower case. */
    public Set<String> functions() {
        return functions;
    }

    /** Whether there is a query inside the query. */
    boolean holdsSubquery() {
        return holdsSubquery;
    }

    /** Whether it calls an AI function. */
    public boolean holdsAi() {
        return holdsAi;
    }

    /** As {@link #bind(Map, Set)} where the columns of the tables are not known. */
    public ObjectNode bind(Map<TableRef, String> privateNames) {
        return bind(privateNames, tables.isEmpty() ? Set.of() : Set.of("user"));
    }

    /**
     * The query over the private names of an instance: tables renamed, {@code AT} gone, qualified columns cut to what still
     * binds, {@code current_user} and its like as constants.
     *
     * @param privateNames one for each of {@link #tables()}
     * @param columns names, lower case, of all columns of these tables: a column called {@code user} stays a column
     */
    public ObjectNode bind(Map<TableRef, String> privateNames, Set<String> columns) {
        ObjectNode bound = tree.deepCopy();
        new QueryBinding(names, tables, privateNames, columns).apply(bound);
        return bound;
    }
}
