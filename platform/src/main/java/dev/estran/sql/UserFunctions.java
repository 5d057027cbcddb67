package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.TableName;
import dev.estran.lake.FunctionDefinition;
import dev.estran.lake.Functions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Functions that users wrote in SQL, set into the expressions that call them: the body with each parameter replaced by the
 * value given, cast to the parameter's type, and the whole cast to the declared type.
 */
final class UserFunctions {

    /** Functions that call functions. */
    private static final int MAX_DEPTH = 16;

    /** Bodies set into one query; values that are themselves calls multiply. */
    private static final int MOST_CALLS = 1000;

    private final Functions functions;
    private final QueryParser parser;
    private final Gate gate;

    UserFunctions(Functions functions, QueryParser parser, Gate gate) {
        this.functions = functions;
        this.parser = parser;
        this.gate = gate;
    }

    /** The first of the names that is a function the caller may call. */
    Optional<TableName> find(Caller caller, List<TableName> candidates) {
        return candidates.stream()
                .filter(name -> functions.callable(caller, name).isPresent())
                .findFirst();
    }

    /** Sets the bodies into a tree that passed the gate, in place. */
    void inline(JsonNode tree, SessionNames names) {
        inline(tree, names, 0, new int[1]);
    }

    private void inline(JsonNode node, SessionNames names, int depth, int[] calls) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                inline(array.get(i), names, depth, calls);
                array.set(i, replaced(array.get(i), names, depth, calls));
            }
        } else if (node instanceof ObjectNode object) {
            List<String> fields = new ArrayList<>();
            object.fieldNames().forEachRemaining(fields::add);
            for (String field : fields) {
                inline(object.get(field), names, depth, calls);
                object.set(field, replaced(object.get(field), names, depth, calls));
            }
        }
    }

    private JsonNode replaced(JsonNode node, SessionNames names, int depth, int[] calls) {
        if (!isCall(node)) {
            return node;
        }
        List<String> path = QueryWalk.path(node);
        FunctionDefinition function = functions.protecting(new TableName(path.get(0), path.get(1), path.get(2)));
        List<JsonNode> arguments = new ArrayList<>();
        node.path("arguments").forEach(argument -> arguments.add(argument.path("expression")));
        JsonNode body = call(function, arguments, names, depth + 1, calls);
        if (body instanceof ObjectNode object) {
            object.put("alias", node.path("alias").asText());
        }
        return body;
    }

    /** Calls were given their full name by the gate. */
    private static boolean isCall(JsonNode node) {
        return node.path("class").asText().equals("FUNCTION")
                && node.path(GateCheck.USER_FUNCTION).asBoolean();
    }

    /** Asks that the author of a body may call all that it calls. */
    void requireCallable(Caller author, FunctionDefinition function, SessionNames names) {
        gate.checkExpression(parser.parseExpression(function.body()), names, candidates -> find(author, candidates));
    }

    /** The body over the arguments. */
    JsonNode call(FunctionDefinition function, List<JsonNode> arguments, SessionNames names) {
        return call(function, arguments, names, 1, new int[1]);
    }

    private JsonNode call(
            FunctionDefinition function, List<JsonNode> arguments, SessionNames names, int depth, int[] calls) {
        if (depth > MAX_DEPTH || ++calls[0] > MOST_CALLS) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Functions call each other too often at " + function.name() + ": at most " + MAX_DEPTH
                            + " deep and " + MOST_CALLS + " calls in a statement.");
        }
        if (arguments.size() != function.parameters().size()) {
            throw new EstranException(
                    ErrorCode.BIND_ERROR,
                    function.signature() + " takes " + function.parameters().size() + " values, not " + arguments.size()
                            + ".");
        }
        ObjectNode body = checked(function, names);
        inline(body, names, depth, calls);
        Map<String, JsonNode> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            Column parameter = function.parameters().get(i);
            values.put(parameter.name().toLowerCase(Locale.ROOT), cast(arguments.get(i), parameter.type()));
        }
        JsonNode expression = substituted(body.path("select_list").get(0), values);
        return cast(expression, function.returnType());
    }

    /**
     * A body that reads nothing but its parameters, as a query that selects it, with the session's names as constants.
     *
     * @throws EstranException COLUMN_NOT_FOUND, STATEMENT_NOT_SUPPORTED, FUNCTION_NOT_ALLOWED
     */
    ObjectNode checked(FunctionDefinition function, SessionNames names) {
        // Who may call a function may have it call others: its author was asked for those.
        GatedQuery gated = gate.checkExpression(
                parser.parseExpression(function.body()),
                names,
                candidates -> candidates.stream()
                        .filter(name -> functions.find(name).isPresent())
                        .findFirst());
        if (!gated.tables().isEmpty() || gated.holdsAi() || gated.holdsSubquery()) {
            throw new EstranException(
                    ErrorCode.STATEMENT_NOT_SUPPORTED,
                    "The body of " + function.name()
                            + " may use its parameters and functions only: no query and no AI function.");
        }
        Set<String> parameters = new HashSet<>();
        function.parameters()
                .forEach(parameter -> parameters.add(parameter.name().toLowerCase(Locale.ROOT)));
        ObjectNode bound = gated.bind(Map.of(), parameters);
        requireParameters(bound, parameters, function);
        return bound;
    }

    private static void requireParameters(JsonNode node, Set<String> parameters, FunctionDefinition function) {
        switch (node.path("class").asText()) {
            case "COLUMN_REF" -> {
                String name = QueryWalk.lower(node.path("column_names").path(0).asText());
                if (!parameters.contains(name)) {
                    throw new EstranException(
                            ErrorCode.COLUMN_NOT_FOUND,
                            "The body of " + function.name() + " names " + name + ", which is none of its parameters "
                                    + parameters + ".");
                }
            }
            case "STAR", "POSITIONAL_REFERENCE", "LAMBDA", "WINDOW" ->
                throw new EstranException(
                        ErrorCode.STATEMENT_NOT_SUPPORTED,
                        "The body of " + function.name() + " holds a "
                                + node.path("class")
                                        .asText()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ')
                                + ", which a function cannot.");
            default -> node.forEach(child -> requireParameters(child, parameters, function));
        }
    }

    private static JsonNode substituted(JsonNode node, Map<String, JsonNode> values) {
        if (node.path("class").asText().equals("COLUMN_REF")) {
            JsonNode names = node.path("column_names");
            String parameter = QueryWalk.lower(names.path(0).asText());
            JsonNode value =
                    Objects.requireNonNull(values.get(parameter), parameter).deepCopy();
            for (int i = 1; i < names.size(); i++) {
                value = field(value, names.get(i).asText());
            }
            return value;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, substituted(array.get(i), values));
            }
        } else if (node instanceof ObjectNode object) {
            List<String> fields = new ArrayList<>();
            object.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> object.set(field, substituted(object.get(field), values)));
        }
        return node;
    }

    /** {@code p.street} of a parameter that is a struct. */
    private static JsonNode field(JsonNode struct, String name) {
        ObjectNode extract = JsonNodeFactory.instance.objectNode();
        extract.put("class", "OPERATOR").put("type", "STRUCT_EXTRACT").put("alias", "");
        ObjectNode constant = JsonNodeFactory.instance.objectNode();
        constant.put("class", "CONSTANT").put("type", "VALUE_CONSTANT").put("alias", "");
        constant.putObject("literal").put("kind", "STRING").put("text", name);
        extract.putArray("children").add(struct).add(constant);
        return extract;
    }

    private JsonNode cast(JsonNode expression, String type) {
        ObjectNode cast = (ObjectNode) parser.parseExpression("CAST(NULL AS " + type + ")");
        cast.set("child", expression);
        return cast;
    }
}
