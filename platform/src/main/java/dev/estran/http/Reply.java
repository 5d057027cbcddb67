package dev.estran.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A finished response. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {

    static Reply json(int status, JsonNode body) {
        return new Reply(status, "application/json", body.toString(), Map.of());
    }

    static Reply json(int status, String body) {
        return new Reply(status, "application/json", body, Map.of());
    }

    static Reply ok(JsonNode body) {
        return json(200, body);
    }

    static Reply text(String contentType, String body) {
        return new Reply(200, contentType, body, Map.of());
    }
}
