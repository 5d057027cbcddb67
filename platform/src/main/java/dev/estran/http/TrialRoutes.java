package dev.estran.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.model.TrialCalls;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/models/test}: one call to an endpoint, or to what one would be. Its failure is an answer, with 200. */
final class TrialRoutes {

    private static final Set<String> FIELDS = Set.of("endpoint", "name", "url", "model", "secret", "key", "price");
    private static final Set<String> PRICE = Set.of("input", "output", "currency");

    private final TrialCalls trials;

    TrialRoutes(TrialCalls trials) {
        this.trials = trials;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/v1/models/test", this::test));
    }

    private Reply test(Request request) throws InterruptedException {
        ObjectNode body = body(request);
        String endpoint = text(body, "endpoint");
        if (endpoint != null) {
            if (body.size() != 1) {
                throw invalid("'endpoint' stands alone; 'name' and 'url' are for one that does not exist yet.");
            }
            return reply(trials.endpoint(request.caller(), endpoint));
        }
        String name = required(body, "name");
        Map<String, @Nullable Object> connection = new HashMap<>();
        connection.put("provider", "openai_compatible");
        connection.put("url", required(body, "url"));
        if (body.has("secret")) {
            connection.put("secret", required(body, "secret"));
        }
        Map<String, @Nullable Object> served = new HashMap<>();
        served.put("connection", name);
        served.put("model", required(body, "model"));
        if (body.has("price")) {
            served.put("price", price(body.path("price")));
        }
        return reply(
                trials.draft(request.caller(), name, connection, Map.of("served", List.of(served)), text(body, "key")));
    }

    /** Says nothing of a body that is no JSON: a parser's message would quote it, and it may hold a key. */
    private static ObjectNode body(Request request) {
        ObjectNode body;
        try {
            body = request.json();
        } catch (EstranException e) {
            throw invalid("The body must be a JSON object with 'endpoint', or 'name', 'url' and 'model'.");
        }
        known(body, FIELDS);
        return body;
    }

    private static void known(JsonNode object, Set<String> known) {
        Set<String> unknown = new HashSet<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw invalid("Unknown fields; known are " + new TreeSet<>(known) + ".");
        }
    }

    private static Map<String, @Nullable Object> price(JsonNode given) {
        known(given, PRICE);
        Map<String, @Nullable Object> price = new HashMap<>();
        for (String field : List.of("input", "output")) {
            if (!given.path(field).isNumber()) {
                throw invalid("'price' expects input and output as numbers, per million tokens, and a currency.");
            }
            price.put(field, given.path(field).decimalValue());
        }
        price.put("currency", given.path("currency").asText(""));
        return price;
    }

    private static String required(ObjectNode body, String field) {
        String value = text(body, field);
        if (value == null) {
            throw invalid("'" + field + "' is missing.");
        }
        return value;
    }

    private static @Nullable String text(ObjectNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid("'" + field + "' expects a text.");
        }
        return value.asText();
    }

    private static EstranException invalid(String message) {
        return new EstranException(ErrorCode.INVALID_ARGUMENT, message);
    }

    private static Reply reply(TrialCalls.Outcome outcome) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("answered", outcome.error() == null);
        body.put("ms", outcome.millis());
        body.put("tokens_in", outcome.tokensIn());
        body.put("tokens_out", outcome.tokensOut());
        body.put("estimated", outcome.estimated());
        Money cost = outcome.cost();
        if (cost != null) {
            body.putObject("cost").put("amount", cost.digits()).put("currency", cost.currency());
        }
        ErrorCode error = outcome.error();
        if (error != null) {
            body.put("code", error.name()).put("message", outcome.message());
        }
        return Reply.ok(body);
    }
}
