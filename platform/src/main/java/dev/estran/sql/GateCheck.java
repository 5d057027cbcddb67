package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One pass of the gate over one query. */
final class GateCheck implements QueryWalk.Visitor {

    /** Names of our own that stand for the session, with or without brackets. */
    static final Set<String> SESSION_FUNCTIONS = Set.of(
            "current_user",
            "session_user",
            "user",
            "current_role",
            "current_catalog",
            "current_database",
            "current_schema");

    /** Whether the caller is in a group. */
    static final String IS_MEMBER = "is_member";

    /** Set on a call of a function written in SQL. */
    static final String USER_FUNCTION = "__user_function";

    private static final Set<String> QUALIFIERS = Set.of("main", "system", "pg_catalog");
    private static final Pattern READS_FILES =
            Pattern.compile("read_.*|.*_scan|glob|sniff_csv|parquet_.*|copy_.*|query|query_table|.*_secrets?");
    private static final Pattern FILE_LIKE = Pattern.compile(".*[./\\\\:].*");

    private final Set<String> kinds;
    private final FunctionList allowed;
    private final Predicate<String> aiFunctions;
    private final SessionNames names;
    private final Set<TableRef> tables = new LinkedHashSet<>();
    private final Set<String> functions = new TreeSet<>();
    private final Set<JsonNode> tableFunctions = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Function<List<TableName>, Optional<TableName>> userFunctions;
    private boolean holdsAi;
    private boolean holdsSubquery;

    GateCheck(
            Set<String> kinds,
            FunctionList allowed,
            Predicate<String> aiFunctions,
            SessionNames names,
            Function<List<TableName>, Optional<TableName>> userFunctions) {
        this.userFunctions = userFunctions;
        this.kinds = kinds;
        this.allowed = allowed;
        this.aiFunctions = aiFunctions;
        this.names = names;
    }

    List<TableRef> tables() {
        return List.copyOf(tables);
    }

    Set<String> functions() {
        return functions;
    }

    boolean holdsSubquery() {
        return holdsSubquery;
    }

    boolean holdsAi() {
        return holdsAi;
    }

    @Override
    public void node(ObjectNode node) {
        String type = node.path("type").asText();
        String kind = node.has("class") ? node.path("class").asText() + ":" + type : type;
        if (kind.startsWith("PARAMETER:")) {
            throw Gate.missing(node.path("identifier").asText());
        }
        if (!kinds.contains(kind)) {
            throw refusedKind(kind);
        }
        refuseReserved(node.path("alias").asText());
        switch (kind) {
            case "FUNCTION:FUNCTION" -> function(node);
            case "SUBQUERY:SUBQUERY", "SUBQUERY" -> holdsSubquery = true;
            case "TABLE_FUNCTION" -> tableFunctions.add(node.path("function"));
            case "TYPE:TYPE" -> {
                if (QueryWalk.path(node).size() > 1) {
                    throw new EstranException(
                            ErrorCode.TYPE_NOT_SUPPORTED,
                            "The type " + String.join(".", QueryWalk.path(node))
                                    + " is not known. Types have names of one part.");
                }
            }
            default -> {
                if (kind.startsWith("WINDOW:")) {
                    function(node);
                }
            }
        }
    }

    private void function(ObjectNode node) {
        List<String> path = QueryWalk.path(node);
        if (path.isEmpty()) {
            throw refusedKind("a function without a name");
        }
        String name = QueryWalk.lower(path.getLast());
        boolean asTable = tableFunctions.contains(node);
        if (aiFunctions.test(name)) {
            if (path.size() > 1 || asTable) {
                throw notAllowed(name, "Call it as " + name + "(...), in an expression.");
            }
            holdsAi = true;
        } else if (!asTable && isOwnName(path, name) && isUserFunction(path, node)) {
            return;
        } else if (asTable ? !allowed.allowsAsTable(name) : !allows(name, path, node)) {
            EstranException refused = notAllowed(name, hint(name, asTable));
            throw READS_FILES.matcher(name).matches()
                    ? refused.with("key", "files")
                    : refused.with(
                            "suggestions",
                            allowed.nearest(name, asTable).map(List::of).orElse(null));
        }
        functions.add(name);
    }

    /** Built-in functions win over users' where no schema is written. */
    private boolean isOwnName(List<String> path, String name) {
        return path.size() == 1
                ? !SESSION_FUNCTIONS.contains(name) && !name.equals(IS_MEMBER) && !allowed.allows(name)
                : !QUALIFIERS.contains(QueryWalk.lower(path.getFirst()));
    }

    /** Marks a call of a function written in SQL and gives it its full name. */
    private boolean isUserFunction(List<String> path, ObjectNode node) {
        Optional<TableName> found = userFunctions.apply(names.candidates(path));
        if (found.isEmpty()) {
            return false;
        }
        boolean plain = node.path("class").asText().equals("FUNCTION")
                && !node.path("distinct").asBoolean()
                && node.path("filter").isNull()
                && node.path("order_bys").path("orders").isEmpty();
        boolean named = false;
        for (JsonNode argument : node.path("arguments")) {
            named |= !argument.path("name").asText().isEmpty();
        }
        if (!plain || named) {
            throw notAllowed(found.get().sql(), "It is written in SQL: call it with plain values, in their order.");
        }
        TableName function = found.get();
        node.putObject("qualified_name")
                .putArray("path")
                .add(function.catalog())
                .add(function.schema())
                .add(function.name());
        node.put(USER_FUNCTION, true);
        functions.add(function.toString());
        return true;
    }

    /** {@code is_member('group')}: the group's name is written out, so that the answer is known before the query runs. */
    private static boolean isMember(ObjectNode node) {
        JsonNode literal = node.path("arguments").path(0).path("expression").path("literal");
        if (node.path("arguments").size() != 1 || !literal.path("kind").asText().equals("STRING")) {
            throw notAllowed(IS_MEMBER, "Call it with the name of a group in quotes: is_member('admins').");
        }
        return true;
    }

    private boolean allows(String name, List<String> path, ObjectNode node) {
        if (SESSION_FUNCTIONS.contains(name)) {
            boolean qualified = path.size() > 1 && !QUALIFIERS.contains(QueryWalk.lower(path.getFirst()));
            return !qualified && node.path("arguments").isEmpty();
        }
        if (name.equals(IS_MEMBER)) {
            return path.size() == 1 && isMember(node);
        }
        return allowed.allows(name);
    }

    private String hint(String name, boolean asTable) {
        if (READS_FILES.matcher(name).matches()) {
            return "Queries read tables only; bring files in with estran load.";
        }
        return allowed.nearest(name, asTable)
                .map(near -> "Did you mean " + near + "?")
                .orElse("SHOW FUNCTIONS lists what there is.");
    }

    private static EstranException notAllowed(String name, String next) {
        return new EstranException(
                ErrorCode.FUNCTION_NOT_ALLOWED,
                "There is no function " + name + " in queries. " + next,
                Map.of("function", name),
                null);
    }

    @Override
    public void table(ObjectNode table) {
        List<String> path = QueryWalk.path(table);
        List<TableName> candidates = names.candidates(path);
        if (candidates.isEmpty()) {
            throw new EstranException(
                    ErrorCode.TABLE_NOT_FOUND,
                    "The table name " + String.join(".", path)
                            + " has too many parts. Write catalog.schema.table, or fewer.");
        }
        tables.add(ref(table, names));
    }

    static TableRef ref(ObjectNode table, SessionNames names) {
        return new TableRef(names.candidates(QueryWalk.path(table)), at(table.path("at_clause")));
    }

    private static TableRef.@Nullable At at(JsonNode clause) {
        if (!clause.isObject()) {
            return null;
        }
        JsonNode expression = withoutPositions(clause.path("expr").deepCopy());
        JsonNode inner = expression;
        while (inner.path("class").asText().equals("CAST")) {
            inner = inner.path("child");
        }
        JsonNode text = inner.path("literal").path("text");
        boolean constant =
                text.isTextual() && !inner.path("literal").path("kind").asText().equals("NULL_LITERAL");
        return new TableRef.At(
                QueryWalk.lower(clause.path("unit").asText()).equals("version") ? "VERSION" : "TIMESTAMP",
                constant ? text.asText() : null,
                expression);
    }

    /** Two equal expressions at two places of a text are equal. */
    private static JsonNode withoutPositions(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has("query_location")) {
                object.put("query_location", 0);
            }
            if (object.has("query_location_length")) {
                object.put("query_location_length", 0);
            }
        }
        node.forEach(GateCheck::withoutPositions);
        return node;
    }

    @Override
    public void cteReference(ObjectNode table) {
        if (table.path("at_clause").isObject()) {
            throw new EstranException(
                    ErrorCode.STATEMENT_NOT_SUPPORTED,
                    "AT follows the name of a table; " + String.join(".", QueryWalk.path(table)) + " is a WITH query.");
        }
    }

    @Override
    public void cte(String name) {
        refuseReserved(name);
        if (FILE_LIKE.matcher(name).matches()) {
            // Should the engine ever look for it outside the WITH, it must not find a file.
            throw reserved(name, "holds one of . / \\ :");
        }
    }

    private static void refuseReserved(String name) {
        if (name.startsWith("__")) {
            throw reserved(name, "starts with two underscores");
        }
    }

    private static EstranException reserved(String name, String why) {
        return new EstranException(
                ErrorCode.RESERVED_NAME, "The name " + name + " " + why + ", which is reserved. Choose another name.");
    }

    private static EstranException refusedKind(String kind) {
        String message = switch (kind) {
            case "SHOW_REF" ->
                "DESCRIBE, SHOW and SUMMARIZE cannot stand inside a query. Send them as statements of their own.";
            case "INSERT_QUERY_NODE", "DELETE_QUERY_NODE", "UPDATE_QUERY_NODE", "MERGE_QUERY_NODE" ->
                "A query cannot change data. Send the change as a statement of its own.";
            default -> "This part of a query is not supported (" + kind + ").";
        };
        return new EstranException(ErrorCode.STATEMENT_NOT_SUPPORTED, message);
    }
}
