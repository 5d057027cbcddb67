package dev.estran.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.sql.EngineInstance;
import dev.estran.sql.QueryParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Calls that cannot be cut into stages run row by row, as volatile functions of the engine on top of the same executor.
 * Errors inside the engine become NULL and are thrown by {@link #throwFailure} afterwards, with their own type.
 */
final class UncutCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REMEMBERED = 100_000;

    private final QueryParser parser;
    private final EngineInstance instance;
    private final PrivateNames names;
    private final CallBinder binder;
    private final Asking asking;
    private final @Nullable Guesses guesses;
    private final Map<String, String> functions = new HashMap<>();
    private final Set<String> uncut = new TreeSet<>();
    private @Nullable EstranException failure;

    UncutCalls(Stages stages, Asking asking) {
        this.parser = stages.parser();
        this.instance = stages.instance();
        this.names = stages.names();
        this.binder = stages.binder();
        this.guesses = stages.guesses();
        this.asking = asking;
    }

    boolean isEmpty() {
        return uncut.isEmpty();
    }

    /** Names of the functions that run row by row, sorted. */
    List<String> functionNames() {
        return List.copyOf(uncut);
    }

    synchronized void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Replaces every call at and below the node, subqueries included, innermost first. */
    void replace(JsonNode node) {
        for (JsonNode child : node) {
            if (child.isContainerNode()) {
                replace(child);
            }
        }
        if (node instanceof ObjectNode object && CallBinder.isCall(node)) {
            String alias = object.path("alias").asText();
            ObjectNode replacement = replacement(binder.bind(node));
            object.removeAll();
            object.setAll(replacement);
            object.put("alias", alias);
        }
    }

    private ObjectNode replacement(BoundCall call) {
        if (call.alwaysNull()) {
            return (ObjectNode) parser.parseExpression("CAST(NULL AS " + call.type() + ")");
        }
        uncut.add(call.call().function().name());
        if (guesses != null) {
            return (ObjectNode) guesses.mark(parser.parseExpression("CAST(NULL AS " + call.type() + ")"), 0);
        }
        String name =
                functions.computeIfAbsent(call.onError() + call.signature(), any -> register(names.function(), call));
        List<JsonNode> keys = call.keys().isEmpty() ? List.of(SqlNodes.text("")) : SqlTree.copies(call.keys());
        ObjectNode function = SqlNodes.function(name, keys.toArray(JsonNode[]::new));
        String type = call.type();
        if (type.equals("VARCHAR")) {
            return function;
        }
        boolean nested = type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("]");
        ObjectNode cast = (ObjectNode) parser.parseExpression("TRY_CAST(NULL AS " + type + ")");
        if (nested) {
            ObjectNode json = (ObjectNode) parser.parseExpression("TRY_CAST(NULL AS JSON)");
            json.set("child", function);
            cast.set("child", json);
        } else {
            cast.set("child", function);
        }
        return cast;
    }

    private String register(String name, BoundCall call) {
        Map<List<String>, AiExecutor.Answer> remembered = new LinkedHashMap<>();
        asking.pin(call);
        instance.registerFunction(
                name, Math.max(1, call.keys().size()), columns -> evaluate(call, remembered, columns));
        return name;
    }

    /** @param columns the arguments of a vector of rows, one array per argument */
    private synchronized @Nullable String[] evaluate(
            BoundCall call, Map<List<String>, AiExecutor.Answer> remembered, List<@Nullable String[]> columns) {
        @Nullable String[] results = new @Nullable String[columns.getFirst().length];
        if (failure != null) {
            return results;
        }
        try {
            List<@Nullable List<String>> tuples = tuples(call, columns);
            askMissing(call, remembered, tuples);
            for (int i = 0; i < results.length; i++) {
                List<String> tuple = tuples.get(i);
                results[i] = tuple == null ? null : text(call, remembered.get(tuple));
            }
            return results;
        } catch (EstranException e) {
            failure = e;
            return new @Nullable String[results.length];
        }
    }

    private static List<@Nullable List<String>> tuples(BoundCall call, List<@Nullable String[]> columns) {
        List<@Nullable List<String>> tuples = new ArrayList<>();
        for (int row = 0; row < columns.getFirst().length; row++) {
            List<String> tuple = new ArrayList<>();
            boolean complete = true;
            for (int i = 0; i < call.keys().size(); i++) {
                String value = columns.get(i)[row];
                complete &= value != null;
                tuple.add(String.valueOf(value));
            }
            tuples.add(complete ? tuple : null);
        }
        return tuples;
    }

    private void askMissing(
            BoundCall call, Map<List<String>, AiExecutor.Answer> remembered, List<@Nullable List<String>> tuples) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        Set<List<String>> missing = new LinkedHashSet<>();
        for (List<String> tuple : tuples) {
            if (tuple != null && !remembered.containsKey(tuple)) {
                missing.add(tuple);
            }
        }
        if (!missing.isEmpty()) {
            asking.ask(call, List.copyOf(missing), answer -> remembered.put(answer.tuple(), answer));
        }
    }

    private static @Nullable String text(BoundCall call, AiExecutor.@Nullable Answer answer) {
        if (answer == null) {
            return null;
        }
        String error = answer.error();
        return switch (call.onError()) {
            case FAIL -> {
                if (error != null) {
                    throw new EstranException(
                            ErrorCode.MODEL_FAILED,
                            call.call().function().name() + " failed: " + error
                                    + ". Use on_error => 'null' to go on without the answer.");
                }
                yield plain(answer);
            }
            case NULL -> error == null ? plain(answer) : null;
            case DETAIL -> detail(call, answer);
        };
    }

    private static @Nullable String plain(AiExecutor.Answer answer) {
        return answer.value() == null ? null : answer.value().toString();
    }

    private static String detail(BoundCall call, AiExecutor.Answer answer) {
        ObjectNode detail = JSON.createObjectNode();
        String value = answer.error() == null ? plain(answer) : null;
        if (value == null || call.call().returns().equals("VARCHAR")) {
            detail.put("response", value);
        } else {
            try {
                detail.set("response", JSON.readTree(value));
            } catch (JsonProcessingException e) {
                detail.put("response", value);
            }
        }
        return detail.put("error", answer.error()).toString();
    }
}
