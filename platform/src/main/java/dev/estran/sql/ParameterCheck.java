package dev.estran.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says which parameter's value is not of its type, before the query runs: the engine's own error would name the value,
 * which is nobody's business in a log, and not where it came from.
 */
final class ParameterCheck {

    private record Tried(String name, TypedValue value, String cast) {}

    private final List<Tried> tried = new ArrayList<>();

    /** @param query as parsed, its parameters not yet replaced */
    ParameterCheck(QueryParser parser, Gate gate, ObjectNode query, Map<String, TypedValue> values) {
        for (String name : names(query)) {
            TypedValue value = values.get(name);
            if (value != null && value.value() != null) {
                ObjectNode cast = gate.constant(value);
                cast.put("try_cast", true);
                tried.add(new Tried(name, value, parser.printExpression(cast)));
            }
        }
    }

    /** The parameters of a parsed query, each once. */
    static Set<String> names(ObjectNode query) {
        Set<String> names = new LinkedHashSet<>();
        collect(query, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.path("class").asText().equals("PARAMETER")) {
            names.add(node.path("identifier").asText());
        }
        node.forEach(child -> collect(child, names));
    }

    /** @throws EstranException CONVERSION_FAILED; the details name the parameter */
    void run(EngineInstance instance) {
        if (tried.isEmpty()) {
            return;
        }
        List<String> columns =
                tried.stream().map(one -> "(" + one.cast() + ") IS NULL").toList();
        List<?> row = instance.rows("SELECT " + String.join(", ", columns), 1).getFirst();
        for (int i = 0; i < row.size(); i++) {
            if (Boolean.parseBoolean(String.valueOf(row.get(i)))) {
                throw wrong(tried.get(i));
            }
        }
    }

    private static EstranException wrong(Tried one) {
        return new EstranException(
                ErrorCode.CONVERSION_FAILED,
                "The value of the parameter $" + one.name() + " is not a "
                        + one.value().type() + ".",
                Map.of("parameter", one.name()),
                null);
    }
}
