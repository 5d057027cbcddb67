package dev.estran.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.ai.AiFunction.Parameter;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.QueryParser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of arguments that are the same for every row, found by the engine. */
final class ConstantArguments {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final QueryParser parser;
    private final EngineInstance instance;
    private final Map<String, JsonNode> known = new HashMap<>();

    ConstantArguments(QueryParser parser, EngineInstance instance) {
        this.parser = parser;
        this.instance = instance;
    }

    /** Whether an expression names no column, no query and no row. Calls in it make it vary: their answers are looked up. */
    static boolean isConstant(JsonNode expression) {
        return !SqlTree.any(expression, node -> switch (node.path("class").asText()) {
            case "COLUMN_REF", "SUBQUERY", "STAR", "WINDOW", "POSITIONAL_REFERENCE", "LAMBDA_REF" -> true;
            case "FUNCTION" ->
                SqlTree.name(node).equals("random")
                        || SqlTree.name(node).startsWith("uuid")
                        || SqlTree.name(node).equals("gen_random_uuid")
                        || SqlTree.name(node).equals("count_star")
                        || CallBinder.isCall(node);
            default -> false;
        });
    }

    /** The value as String, Boolean, Long, BigDecimal, List or Map; null for NULL. */
    @Nullable
    Object value(AiFunction function, Parameter parameter, JsonNode argument) {
        if (CallBinder.hasCall(argument) || namesColumn(argument)) {
            throw CallBinder.invalid(
                    function, "needs one value for all rows as " + parameter.name() + ": a constant, not a column");
        }
        Object value = plain(evaluate(function, parameter, argument));
        return parameter.type().equals("VARCHAR[]") ? texts(function, parameter, value) : value;
    }

    /** A column outside of subqueries; those inside may belong to the subquery, which the engine decides. */
    private static boolean namesColumn(JsonNode node) {
        if (SqlTree.isQuery(node)) {
            return false;
        }
        if (SqlTree.isClass(node, "COLUMN_REF")) {
            return true;
        }
        for (JsonNode child : node) {
            if (namesColumn(child)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode evaluate(AiFunction function, Parameter parameter, JsonNode argument) {
        boolean plainText =
                !parameter.type().equals("BIGINT") && !parameter.type().equals("BOOLEAN");
        if (plainText
                && SqlTree.isClass(argument, "CONSTANT")
                && argument.path("literal").path("kind").asText().equals("STRING")) {
            return JSON.getNodeFactory()
                    .textNode(argument.path("literal").path("text").asText());
        }
        JsonNode copy = argument.deepCopy();
        JsonNode typed = switch (parameter.type()) {
            case "VARCHAR", "BIGINT", "BOOLEAN" -> SqlNodes.cast(copy, SqlNodes.typeName(parameter.type()));
            default -> copy;
        };
        JsonNode json = SqlNodes.cast(SqlNodes.function("to_json", typed), SqlNodes.typeName("VARCHAR"));
        String query = parser.printQuery(SqlNodes.select(List.of(json), SqlNodes.noTable(), List.of()));
        JsonNode found = known.get(query);
        if (found == null) {
            found = read(function, parameter, query);
            known.put(query, found);
        }
        return found;
    }

    private JsonNode read(AiFunction function, Parameter parameter, String query) {
        try {
            Object text = instance.rows(query, 1).getFirst().getFirst();
            return text == null ? JSON.nullNode() : JSON.readTree(text.toString());
        } catch (JsonProcessingException e) {
            throw new EstranException(ErrorCode.INTERNAL, "The engine printed a constant that is not JSON.", e);
        } catch (EstranException e) {
            if (e.code() == ErrorCode.TIMEOUT || e.code() == ErrorCode.CANCELLED) {
                throw e;
            }
            throw CallBinder.invalid(
                    function, "has an argument " + parameter.name() + " that is not one constant value: " + e.text());
        }
    }

    private static @Nullable Object texts(AiFunction function, Parameter parameter, @Nullable Object value) {
        Object list = value instanceof String text ? parsedText(text) : value;
        if (list instanceof Map<?, ?> map) {
            return map;
        }
        if (list == null) {
            return null;
        }
        if (!(list instanceof List<?> items) || items.isEmpty()) {
            throw CallBinder.invalid(
                    function, "needs a list of texts as " + parameter.name() + ", for example ['a', 'b']");
        }
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            if (item == null) {
                throw CallBinder.invalid(function, "has NULL among its " + parameter.name());
            }
            texts.add(item.toString());
        }
        return List.copyOf(texts);
    }

    /** Text that holds a JSON list or object, as Databricks takes labels and schemas; any other text as it is. */
    static @Nullable Object parsedText(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("[") && !stripped.startsWith("{")) {
            return text;
        }
        try {
            return plain(JSON.readTree(stripped));
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static @Nullable Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case ARRAY -> {
                List<@Nullable Object> items = new ArrayList<>();
                node.forEach(item -> items.add(plain(item)));
                yield items;
            }
            case OBJECT -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                node.properties().forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
                yield fields;
            }
            default -> null;
        };
    }

    private static Object number(JsonNode node) {
        BigDecimal value = node.decimalValue();
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) value.longValueExact() : value;
    }
}
