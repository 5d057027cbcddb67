package dev.estran.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.ai.AiFunction.Parameter;
import dev.estran.sql.QueryParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves the arguments of AI calls against their signatures. */
final class CallBinder {

    private final ConstantArguments constants;
    private final AnswerTypes types;

    CallBinder(QueryParser parser, ConstantArguments constants) {
        this.constants = constants;
        this.types = new AnswerTypes(parser);
    }

    /** Whether this node itself is a call of an AI function. */
    static boolean isCall(JsonNode node) {
        return SqlTree.isClass(node, "FUNCTION") && AiFunctions.owns(SqlTree.name(node));
    }

    /** Whether there is a call at or below this node, subqueries included. */
    static boolean hasCall(JsonNode node) {
        return SqlTree.any(node, CallBinder::isCall);
    }

    /**
     * The call with its arguments resolved. The node is left as it is.
     *
     * @throws EstranException INVALID_ARGUMENT, NOT_BUILT, TYPE_NOT_SUPPORTED
     */
    BoundCall bind(JsonNode node) {
        AiFunction function = AiFunctions.load(SqlTree.name(node));
        if (node.path("distinct").asBoolean() || SqlTree.present(node.path("filter"))) {
            throw invalid(function, "takes neither DISTINCT nor FILTER");
        }
        Map<String, JsonNode> given = given(function, node);
        Map<String, Object> options = options(function, given);
        Map<String, @Nullable Object> constant = new LinkedHashMap<>();
        List<String> varying = new ArrayList<>();
        List<JsonNode> keys = new ArrayList<>();
        boolean alwaysNull = false;
        for (Parameter parameter : function.parameters()) {
            JsonNode argument = given.get(parameter.name());
            if (argument == null) {
                addDefault(function, parameter, constant);
            } else if (parameter.constant() || ConstantArguments.isConstant(argument)) {
                Object value = constants.value(function, parameter, argument);
                if (value != null) {
                    constant.put(parameter.name(), value);
                } else if (!parameter.constant()) {
                    alwaysNull = true;
                } else {
                    addDefault(function, parameter, constant);
                }
            } else {
                varying.add(parameter.name());
                keys.add(key(argument));
            }
        }
        BoundCall.OnError onError = onError(function, options, constant);
        String returns = types.returns(function, constant);
        return new BoundCall(new AiCall(function, constant, varying, options, returns), keys, onError, alwaysNull);
    }

    private static JsonNode key(JsonNode argument) {
        ObjectNode copy = SqlTree.copy(argument);
        copy.put("alias", "");
        return SqlNodes.cast(copy, SqlNodes.typeName("VARCHAR"));
    }

    private static Map<String, JsonNode> given(AiFunction function, JsonNode node) {
        Map<String, JsonNode> given = new LinkedHashMap<>();
        int position = 0;
        for (JsonNode argument : node.path("arguments")) {
            String name = argument.path("name").asText();
            if (name.isEmpty()) {
                if (position >= function.parameters().size()) {
                    throw invalid(function, "has too many arguments");
                }
                name = function.parameters().get(position++).name();
            } else {
                name = parameterName(function, name);
            }
            if (given.put(name, argument.get("expression")) != null) {
                throw invalid(function, "has the argument " + name + " twice");
            }
        }
        return given;
    }

    private static String parameterName(AiFunction function, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (AiFunctions.PLANNED_OPTIONS.contains(lower)) {
            throw new EstranException(
                    ErrorCode.NOT_BUILT,
                    "The option " + lower + " of " + function.name()
                            + " (an accuracy contract) is planned and not built yet. Leave it out.");
        }
        if (AiFunctions.OPTIONS.contains(lower)) {
            return lower;
        }
        return function.parameters().stream()
                .map(Parameter::name)
                .filter(candidate -> candidate.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> invalid(function, "has no argument " + name));
    }

    private Map<String, Object> options(AiFunction function, Map<String, JsonNode> given) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (String name : List.of("model", "on_error")) {
            JsonNode argument = given.get(name);
            if (argument != null) {
                Parameter parameter = new Parameter(name, "VARCHAR", java.util.Optional.of("NULL"), true);
                Object value = constants.value(function, parameter, argument);
                if (value != null) {
                    options.put(name, value);
                }
            }
        }
        return options;
    }

    private static BoundCall.OnError onError(
            AiFunction function, Map<String, Object> options, Map<String, @Nullable Object> constant) {
        Object failOnError = function.name().equals("ai_query") ? constant.remove("failOnError") : null;
        Object option = options.get("on_error");
        if (option != null) {
            return BoundCall.OnError.parse(option.toString());
        }
        return Boolean.FALSE.equals(failOnError) ? BoundCall.OnError.DETAIL : BoundCall.OnError.FAIL;
    }

    private static void addDefault(AiFunction function, Parameter parameter, Map<String, @Nullable Object> constant) {
        String value = parameter.defaultSql().orElse(null);
        if (value == null) {
            throw invalid(function, "needs the argument " + parameter.name());
        }
        if (!value.equals("NULL")) {
            constant.put(parameter.name(), Long.valueOf(value));
        }
    }

    static EstranException invalid(AiFunction function, String what) {
        return new EstranException(
                ErrorCode.INVALID_ARGUMENT,
                "The call of " + function.name() + " " + what + ". Its form is: " + AiFunctions.signature(function)
                        + ", with the options model => '...' and on_error => 'fail'|'null'|'detail'.",
                Map.of("function", function.name()),
                null);
    }
}
