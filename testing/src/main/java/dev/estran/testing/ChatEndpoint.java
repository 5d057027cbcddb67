package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/chat/completions}: checks the request, then lets an exchange play it. */
final class ChatEndpoint {

    private final Vertx vertx;
    private final State state;

    ChatEndpoint(Vertx vertx, State state) {
        this.vertx = vertx;
        this.state = state;
    }

    /** Counts the request before its body has come. */
    Exchange open(HttpServerRequest request) {
        return new Exchange(vertx, state, request);
    }

    void chat(Exchange exchange, String text) {
        JsonNode body;
        try {
            body = SimulatorJson.read(text);
        } catch (IllegalArgumentException e) {
            exchange.invalid(null, "We could not parse the JSON body of your request: " + e.getMessage());
            return;
        }
        String wrong = problem(body);
        if (wrong != null) {
            exchange.invalid(wrong, "Missing or invalid parameter: '" + wrong + "'.");
            return;
        }
        String model = body.path("model").textValue();
        if (state.refuses(model)) {
            exchange.refuse(
                    404,
                    "invalid_request_error",
                    "model_not_found",
                    "unknown_model",
                    "The model '" + model + "' does not exist or you do not have access to it.");
            return;
        }
        exchange.play(body);
    }

    /** Name of the first parameter that is missing or wrong. */
    private static @Nullable String problem(JsonNode body) {
        if (!body.path("model").isTextual() || body.path("model").textValue().isBlank()) {
            return "model";
        }
        if (!body.path("messages").isArray() || body.path("messages").isEmpty()) {
            return "messages";
        }
        for (JsonNode message : body.path("messages")) {
            if (!message.path("role").isTextual()) {
                return "messages.role";
            }
        }
        if (body.path("n").asInt(1) != 1) {
            return "n";
        }
        JsonNode format = body.path("response_format");
        if (format.path("type").asText("").equals("json_schema")
                && !format.path("json_schema").path("schema").isObject()) {
            return "response_format.json_schema.schema";
        }
        return body.path("max_tokens").asInt(1) < 1
                        || body.path("max_completion_tokens").asInt(1) < 1
                ? "max_tokens"
                : null;
    }
}
