package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rewrites one checked tree to private names, in place. */
final class QueryBinding {

    private final SessionNames names;
    private final Map<TableRef, String> privateNames;
    private final Set<String> columns;
    private final Set<List<String>> qualifiers = new HashSet<>();
    private final Set<String> aliases = new HashSet<>();

    QueryBinding(SessionNames names, List<TableRef> tables, Map<TableRef, String> privateNames, Set<String> columns) {
        this.names = names;
        this.privateNames = privateNames;
        this.columns = columns;
        for (TableRef table : tables) {
            for (TableName name : table.candidates()) {
                qualifiers.add(List.of(name.catalog(), name.schema(), name.name()));
                qualifiers.add(List.of(name.schema(), name.name()));
            }
        }
    }

    void apply(ObjectNode query) {
        QueryWalk.walk(query, new QueryWalk.Visitor() {
            @Override
            public void node(ObjectNode node) {
                String alias = node.path("alias").asText();
                if (!alias.isEmpty()) {
                    aliases.add(QueryWalk.lower(alias));
                }
                node.path("column_name_alias").forEach(column -> aliases.add(QueryWalk.lower(column.asText())));
            }

            @Override
            public void table(ObjectNode table) {
                rename(table);
            }
        });
        rewrite(query, false);
    }

    private void rename(ObjectNode table) {
        TableRef ref = GateCheck.ref(table, names);
        String privateName = privateNames.get(ref);
        if (privateName == null) {
            throw new IllegalArgumentException("no private name for " + ref.name());
        }
        String written = QueryWalk.path(table).getLast();
        if (table.path("alias").asText().isEmpty()) {
            table.put("alias", written);
            aliases.add(QueryWalk.lower(written));
        }
        table.put("catalog_name", "").put("schema_name", "").put("table_name", privateName);
        table.putObject("qualified_name").putArray("path").add(privateName);
        table.putNull("at_clause");
    }

    private void rewrite(JsonNode node, boolean output) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.get(i), output));
                rewrite(array.get(i), false);
            }
        } else if (node instanceof ObjectNode object) {
            switch (object.path("class").asText()) {
                case "COLUMN_REF" -> cut(object);
                case "STAR" -> {
                    object.path("qualified_exclude_list").forEach(QueryBinding::cutExclusion);
                    object.path("rename_list").forEach(entry -> cutExclusion(entry.path("key")));
                }
                default -> {}
            }
            object.properties().forEach(field -> {
                field.setValue(replaced(field.getValue(), false));
                rewrite(field.getValue(), field.getKey().equals("select_list"));
            });
        }
    }

    /** {@code lake.demo.t.c} and {@code demo.t.c} become {@code t.c}; a struct of an alias called demo stays. */
    private void cut(ObjectNode reference) {
        ArrayNode parts = (ArrayNode) reference.path("column_names");
        for (int length = 3; length >= 2; length--) {
            if (parts.size() > length
                    && qualifiers.contains(lowerParts(parts, length))
                    && !isAlias(parts.get(0).asText())) {
                for (int i = 1; i < length; i++) {
                    parts.remove(0);
                }
                return;
            }
        }
    }

    private boolean isAlias(String name) {
        return aliases.contains(QueryWalk.lower(name));
    }

    private static List<String> lowerParts(ArrayNode parts, int length) {
        return java.util.stream.IntStream.range(0, length)
                .mapToObj(i -> QueryWalk.lower(parts.get(i).asText()))
                .toList();
    }

    private static void cutExclusion(JsonNode column) {
        if (column instanceof ObjectNode object
                && !object.path("table").asText().isEmpty()) {
            object.put("catalog", "").put("schema", "");
        }
    }

    private JsonNode replaced(JsonNode node, boolean output) {
        if (isMembership(node)) {
            return membership(node, output);
        }
        String name = sessionName(node);
        if (name.isEmpty()) {
            return node;
        }
        String value = switch (name) {
            case "current_catalog", "current_database" -> names.catalog();
            case "current_schema" -> names.schema();
            default -> names.user();
        };
        ObjectNode constant = JsonNodeFactory.instance.objectNode();
        String alias = node.path("alias").asText();
        constant.put("class", "CONSTANT").put("type", "VALUE_CONSTANT");
        constant.put("alias", output && alias.isEmpty() ? name : alias);
        constant.set("query_location", node.path("query_location"));
        constant.set("query_location_length", node.path("query_location_length"));
        constant.putObject("literal").put("kind", "STRING").put("text", value);
        return constant;
    }

    private static boolean isMembership(JsonNode node) {
        return node.path("class").asText().equals("FUNCTION")
                && QueryWalk.path(node).size() == 1
                && QueryWalk.lower(QueryWalk.path(node).getLast()).equals(GateCheck.IS_MEMBER)
                && !node.path(GateCheck.USER_FUNCTION).asBoolean();
    }

    private JsonNode membership(JsonNode node, boolean output) {
        String group = node.path("arguments")
                .path(0)
                .path("expression")
                .path("literal")
                .path("text")
                .asText();
        boolean member = names.groups().contains(QueryWalk.lower(group));
        ObjectNode constant = JsonNodeFactory.instance.objectNode();
        String alias = node.path("alias").asText();
        constant.put("class", "CONSTANT").put("type", "VALUE_CONSTANT");
        constant.put("alias", output && alias.isEmpty() ? GateCheck.IS_MEMBER : alias);
        constant.set("query_location", node.path("query_location"));
        constant.set("query_location_length", node.path("query_location_length"));
        constant.putObject("literal").put("kind", "BOOLEAN").put("text", String.valueOf(member));
        return constant;
    }

    /** The session function this node is, or nothing. */
    private String sessionName(JsonNode node) {
        String name = "";
        if (node.path("class").asText().equals("FUNCTION")
                && node.path("arguments").isEmpty()) {
            List<String> path = QueryWalk.path(node);
            name = path.isEmpty() ? "" : QueryWalk.lower(path.getLast());
        } else if (node.path("class").asText().equals("COLUMN_REF")
                && node.path("column_names").size() == 1) {
            name = QueryWalk.lower(node.path("column_names").path(0).asText());
            name = aliases.contains(name) || columns.contains(name) ? "" : name;
        }
        return GateCheck.SESSION_FUNCTIONS.contains(name) ? name : "";
    }
}
