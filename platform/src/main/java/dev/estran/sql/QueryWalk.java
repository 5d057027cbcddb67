package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks a query's tree with the scopes of its CTE names. A CTE is seen by the CTEs after it and by the query it belongs to;
 * its own body sees it only where it is recursive. Where this and the engine should differ the query fails: its instance
 * holds private names only.
 */
final class QueryWalk {

    /** What happens at each node. */
    interface Visitor {

        /** A node with a {@code type}, before its children. */
        void node(ObjectNode node);

        /** A table that is not a CTE. */
        void table(ObjectNode table);

        /** A reference to a CTE. */
        default void cteReference(ObjectNode table) {}

        /** The name of a CTE. */
        default void cte(String name) {}
    }

    static final Set<String> QUERY_NODES = Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE");

    /** Fields that hold values of the engine, not parts of the query. */
    private static final Set<String> VALUES = Set.of("literal", "sample_size", "qualified_name");

    private record Scope(@Nullable Scope outer, String name, boolean recursive) {

        static boolean sees(@Nullable Scope scope, String name) {
            for (Scope s = scope; s != null; s = s.outer) {
                if (s.name.equals(name)) {
                    return true;
                }
            }
            return false;
        }

        static boolean recurs(@Nullable Scope scope, String name) {
            for (Scope s = scope; s != null; s = s.outer) {
                if (s.recursive && s.name.equals(name)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Visitor visitor;

    private QueryWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    static void walk(JsonNode query, Visitor visitor) {
        @Nullable Scope none = null;
        new QueryWalk(visitor).walk(query, none);
    }

    /** Parts of {@code qualified_name}, the only name the engine uses. */
    static List<String> path(JsonNode node) {
        List<String> parts = new ArrayList<>();
        node.path("qualified_name").path("path").forEach(part -> parts.add(part.asText()));
        return parts;
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void walk(JsonNode node, @Nullable Scope scope) {
        if (node.isArray()) {
            node.forEach(child -> walk(child, scope));
        } else if (node instanceof ObjectNode object) {
            object(object, scope);
        }
    }

    private void object(ObjectNode node, @Nullable Scope scope) {
        String type = node.path("type").asText();
        if (node.has("type") || node.has("class")) {
            visitor.node(node);
        }
        Scope inner = scope;
        if (QUERY_NODES.contains(type)) {
            inner = ctes(node, scope);
        } else if (type.equals("BASE_TABLE")) {
            List<String> path = path(node);
            String last = path.isEmpty() ? "" : lower(path.getLast());
            boolean plain = path.size() == 1 && Scope.sees(scope, last);
            boolean recurring =
                    path.size() == 2 && lower(path.getFirst()).equals("recurring") && Scope.recurs(scope, last);
            if (plain || recurring) {
                visitor.cteReference(node);
            } else {
                visitor.table(node);
            }
        }
        Scope visible = inner;
        boolean recursive = type.equals("RECURSIVE_CTE_NODE");
        node.properties().forEach(field -> {
            String name = field.getKey();
            if (recursive && name.equals("right")) {
                walk(
                        field.getValue(),
                        new Scope(visible, lower(node.path("cte_name").asText()), true));
            } else if (!VALUES.contains(name) && !name.equals("cte_map")) {
                walk(field.getValue(), visible);
            }
        });
    }

    private @Nullable Scope ctes(ObjectNode query, @Nullable Scope scope) {
        Scope inner = scope;
        for (JsonNode entry : query.path("cte_map").path("map")) {
            visitor.cte(entry.path("key").asText());
            walk(entry.path("value"), inner);
            inner = new Scope(inner, lower(entry.path("key").asText()), false);
        }
        return inner;
    }
}
