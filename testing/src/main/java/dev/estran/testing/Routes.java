package dev.estran.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Sends each request to its endpoint; checks the key and the body's size first. Used on the event loop only. */
final class Routes {

    private final State state;
    private final ChatEndpoint chat;
    private final ControlEndpoint control;

    Routes(Vertx vertx, State state) {
        this.state = state;
        this.chat = new ChatEndpoint(vertx, state);
        this.control = new ControlEndpoint(state);
    }

    void route(HttpServerRequest request) {
        boolean chatting = request.path().equals("/v1/chat/completions");
        if (chatting && request.method().name().equals("POST")) {
            Exchange exchange = chat.open(request);
            if (!authorised(request)) {
                exchange.refuse(
                        401, "invalid_request_error", "invalid_api_key", "unauthorized", "Incorrect API key provided.");
                return;
            }
            body(
                    request,
                    text -> chat.chat(exchange, text),
                    () -> exchange.refuse(
                            413,
                            "invalid_request_error",
                            null,
                            "invalid",
                            "Request too large: more than " + state.options.bodyLimitBytes() + " bytes."));
        } else if (request.path().startsWith("/_sim/")) {
            body(
                    request,
                    text -> control.handle(request, text),
                    () -> Replies.error(
                            request.response(), 413, "invalid_request_error", null, null, "Request too large."));
        } else if (!authorised(request)) {
            Replies.error(
                    request.response(),
                    401,
                    "invalid_request_error",
                    "invalid_api_key",
                    null,
                    "Incorrect API key provided.");
        } else if (request.path().equals("/v1/models")
                && request.method().name().equals("GET")) {
            Replies.json(request.response(), 200, models());
        } else if (chatting || request.path().equals("/v1/models")) {
            Replies.error(
                    request.response(),
                    405,
                    "invalid_request_error",
                    "method_not_supported",
                    null,
                    "Not allowed to " + request.method() + " on " + request.path() + ".");
        } else {
            Replies.error(
                    request.response(),
                    404,
                    "invalid_request_error",
                    "unknown_url",
                    null,
                    "Unknown request URL: " + request.method() + " " + request.path() + ".");
        }
    }

    private void body(HttpServerRequest request, Consumer<String> whole, Runnable tooLarge) {
        Buffer body = Buffer.buffer();
        boolean[] refused = {false};
        request.handler(part -> {
            if (refused[0]) {
                return;
            }
            if (body.length() + part.length() > state.options.bodyLimitBytes()) {
                refused[0] = true;
                tooLarge.run();
                return;
            }
            body.appendBuffer(part);
        });
        request.endHandler(end -> {
            if (!refused[0]) {
                whole.accept(body.toString(StandardCharsets.UTF_8));
            }
        });
    }

    private boolean authorised(HttpServerRequest request) {
        String key = state.options.key();
        return key == null || ("Bearer " + key).equals(request.getHeader("Authorization"));
    }

    private ObjectNode models() {
        ObjectNode body = SimulatorJson.JSON.createObjectNode().put("object", "list");
        ArrayNode data = body.putArray("data");
        for (SimulatedModel model : state.models()) {
            data.addObject()
                    .put("id", model.name())
                    .put("object", "model")
                    .put("created", 0)
                    .put("owned_by", "simulator");
        }
        return body;
    }
}
