package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** Writes JSON answers and errors in OpenAI's shape. */
final class Replies {

    private Replies() {}

    static void json(HttpServerResponse response, int status, JsonNode body) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        response.end(Buffer.buffer(body.toString()));
    }

    static void error(
            HttpServerResponse response,
            int status,
            String type,
            @Nullable String code,
            @Nullable String param,
            String message) {
        ObjectNode body = SimulatorJson.JSON.createObjectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .put("code", code);
        json(response, status, body);
    }

    static void invalid(HttpServerResponse response, @Nullable String param, String message) {
        error(response, 400, "invalid_request_error", null, param, message);
    }
}
