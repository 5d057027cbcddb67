package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What every query passes before it runs: only listed kinds of nodes and listed functions, everything else is refused. Works
 * on the engine's own syntax tree, by the fields the engine itself reads. Immutable.
 */
public final class Gate {

    private static final Set<String> KINDS = Set.of(
            // Queries and what follows them
            "SELECT_NODE",
            "SET_OPERATION_NODE",
            "RECURSIVE_CTE_NODE",
            "LIMIT_MODIFIER",
            "LIMIT_PERCENT_MODIFIER",
            "ORDER_MODIFIER",
            "DISTINCT_MODIFIER",
            "ORDER_DEFAULT",
            "ASCENDING",
            "DESCENDING",
            // FROM
            "BASE_TABLE",
            "JOIN",
            "SUBQUERY",
            "EMPTY",
            "EXPRESSION_LIST",
            "PIVOT",
            "TABLE_FUNCTION",
            // Expressions
            "COLUMN_REF:COLUMN_REF",
            "CONSTANT:VALUE_CONSTANT",
            "FUNCTION:FUNCTION",
            "STAR:STAR",
            "POSITIONAL_REFERENCE:POSITIONAL_REFERENCE",
            "CASE:CASE_EXPR",
            "CAST:OPERATOR_CAST",
            "TYPE:TYPE",
            "BETWEEN:COMPARE_BETWEEN",
            "COLLATE:COLLATE",
            "LAMBDA:LAMBDA",
            "SUBQUERY:SUBQUERY",
            "CONJUNCTION:CONJUNCTION_AND",
            "CONJUNCTION:CONJUNCTION_OR",
            "COMPARISON:COMPARE_EQUAL",
            "COMPARISON:COMPARE_NOTEQUAL",
            "COMPARISON:COMPARE_LESSTHAN",
            "COMPARISON:COMPARE_GREATERTHAN",
            "COMPARISON:COMPARE_LESSTHANOREQUALTO",
            "COMPARISON:COMPARE_GREATERTHANOREQUALTO",
            "COMPARISON:COMPARE_DISTINCT_FROM",
            "COMPARISON:COMPARE_NOT_DISTINCT_FROM",
            "OPERATOR:OPERATOR_NOT",
            "OPERATOR:OPERATOR_IS_NULL",
            "OPERATOR:OPERATOR_IS_NOT_NULL",
            "OPERATOR:OPERATOR_COALESCE",
            "OPERATOR:OPERATOR_NULLIF",
            "OPERATOR:OPERATOR_TRY",
            "OPERATOR:OPERATOR_UNPACK",
            "OPERATOR:COMPARE_IN",
            "OPERATOR:COMPARE_NOT_IN",
            "OPERATOR:ARRAY_EXTRACT",
            "OPERATOR:ARRAY_SLICE",
            "OPERATOR:ARRAY_CONSTRUCTOR",
            "OPERATOR:STRUCT_EXTRACT",
            "OPERATOR:GROUPING_FUNCTION",
            "OPERATOR:ARROW",
            "WINDOW:WINDOW_AGGREGATE",
            "WINDOW:WINDOW_ROW_NUMBER",
            "WINDOW:WINDOW_RANK",
            "WINDOW:WINDOW_RANK_DENSE",
            "WINDOW:WINDOW_PERCENT_RANK",
            "WINDOW:WINDOW_CUME_DIST",
            "WINDOW:WINDOW_NTILE",
            "WINDOW:WINDOW_LAG",
            "WINDOW:WINDOW_LEAD",
            "WINDOW:WINDOW_FIRST_VALUE",
            "WINDOW:WINDOW_LAST_VALUE",
            "WINDOW:WINDOW_NTH_VALUE",
            "WINDOW:WINDOW_FILL");

    private final QueryParser parser;
    private final Predicate<String> aiFunctions;
    private final FunctionList functions = FunctionList.load();

    /** @param aiFunctions names of AI functions, asked in lower case */
    public Gate(QueryParser parser, Predicate<String> aiFunctions) {
        this.parser = parser;
        this.aiFunctions = aiFunctions;
    }

    /**
     * Checks a query whose parameters are already replaced. The tree is not changed.
     *
     * @throws EstranException STATEMENT_NOT_SUPPORTED, FUNCTION_NOT_ALLOWED, PARAMETER_MISSING, RESERVED_NAME
     */
    public GatedQuery check(ObjectNode query, SessionNames names) {
        return check(query, names, candidates -> Optional.empty());
    }

    /** @param userFunctions which of some names is a function written in SQL that may be called */
    GatedQuery check(
            ObjectNode query, SessionNames names, Function<List<TableName>, Optional<TableName>> userFunctions) {
        ObjectNode tree = query.deepCopy();
        GateCheck check = new GateCheck(KINDS, functions, aiFunctions, names, userFunctions);
        QueryWalk.walk(tree, check);
        return new GatedQuery(tree, names, check.tables(), check.functions(), check.holdsAi(), check.holdsSubquery());
    }

    /** Checks a single expression: as a query that selects it. Tables inside it are those of its subqueries. */
    public GatedQuery checkExpression(JsonNode expression, SessionNames names) {
        return checkExpression(expression, names, candidates -> Optional.empty());
    }

    GatedQuery checkExpression(
            JsonNode expression, SessionNames names, Function<List<TableName>, Optional<TableName>> userFunctions) {
        ObjectNode select = parser.parseQuery("SELECT 1");
        select.putArray("select_list").add(expression.deepCopy());
        return check(select, names, userFunctions);
    }

    /**
     * A copy of the tree with each parameter replaced by a typed constant.
     *
     * @param values by name without {@code $}; {@code 1, 2, ...} for {@code ?}
     * @throws EstranException PARAMETER_MISSING, TYPE_NOT_SUPPORTED
     */
    public ObjectNode withParameters(ObjectNode tree, Map<String, TypedValue> values) {
        ObjectNode copy = tree.deepCopy();
        replaceParameters(copy, values);
        return copy;
    }

    private void replaceParameters(JsonNode node, Map<String, TypedValue> values) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode constant = constant(array.get(i), values);
                if (constant != null) {
                    array.set(i, constant);
                } else {
                    replaceParameters(array.get(i), values);
                }
            }
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                JsonNode constant = constant(field.getValue(), values);
                if (constant != null) {
                    field.setValue(constant);
                } else {
                    replaceParameters(field.getValue(), values);
                }
            });
            // A subquery's list of its parameters, which are constants now.
            if (object.path("named_param_map").isArray()) {
                object.putArray("named_param_map");
            }
        }
    }

    private @Nullable JsonNode constant(JsonNode node, Map<String, TypedValue> values) {
        if (!node.path("class").asText().equals("PARAMETER")) {
            return null;
        }
        String name = node.path("identifier").asText();
        TypedValue value = values.get(name);
        if (value == null) {
            throw missing(name);
        }
        return constant(value).put("alias", node.path("alias").asText());
    }

    /** The value as a typed constant. Its text is never read as SQL. */
    ObjectNode constant(TypedValue value) {
        String type = parser.canonicalType(value.exactType());
        ObjectNode cast = (ObjectNode) parser.parseExpression("CAST(NULL AS " + type + ")");
        if (value.value() != null && cast.path("child").path("literal") instanceof ObjectNode literal) {
            literal.put("kind", "STRING").put("text", value.value());
        }
        return cast;
    }

    static EstranException missing(String name) {
        return new EstranException(
                ErrorCode.PARAMETER_MISSING,
                "The parameter $" + name + " has no value. Send it in parameters, with its type; on the command line"
                        + " with --param " + name + "=VALUE.",
                Map.of("parameter", name),
                null);
    }
}
