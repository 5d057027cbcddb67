package dev.estran.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.secret.SecretEntry;
import dev.estran.secret.StoredSecrets;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/secrets}: values go in, names and dates come out. */
final class SecretRoutes {

    private final StoredSecrets secrets;

    SecretRoutes(StoredSecrets secrets) {
        this.secrets = secrets;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/secrets", this::list),
                Route.put("/api/v1/secrets/{name}", this::put),
                Route.delete("/api/v1/secrets/{name}", this::remove),
                Route.post("/api/v1/secrets/rotate", this::rotate));
    }

    private Reply list(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = body.putArray("secrets");
        for (SecretEntry entry : secrets.list(request.caller())) {
            entries.addObject()
                    .put("name", entry.name())
                    .put("created_at", entry.createdAt().toString())
                    .put("created_by", entry.createdBy())
                    .put("updated_at", entry.updatedAt().toString())
                    .put("updated_by", entry.updatedBy());
        }
        return Reply.ok(body);
    }

    private Reply put(Request request) {
        secrets.put(request.caller(), request.pathValue("name"), value(request));
        return new Reply(204, "application/json", "", Map.of());
    }

    /** Errors here say nothing of the body: a parser's message would quote the secret. */
    private static String value(Request request) {
        EstranException wrong = new EstranException(
                ErrorCode.INVALID_ARGUMENT, "The body must be {\"value\": \"the secret\"}, and nothing else.");
        ObjectNode body;
        try {
            body = request.json();
        } catch (EstranException e) {
            throw wrong;
        }
        JsonNode value = body.path("value");
        if (body.size() != 1 || !value.isTextual()) {
            throw wrong;
        }
        return value.asText();
    }

    private Reply remove(Request request) {
        secrets.remove(request.caller(), request.pathValue("name"));
        return new Reply(204, "application/json", "", Map.of());
    }

    private Reply rotate(Request request) {
        int count = secrets.rotate(request.caller());
        return Reply.ok(JsonNodeFactory.instance.objectNode().put("secrets", count));
    }
}
