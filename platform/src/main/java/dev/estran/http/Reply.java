package dev.estran.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finished response.
 *
 * @param file sent instead of the body, and deleted then
 */
record Reply(
        int status,
        String contentType,
        String body,
        Map<String, String> headers,
        @Nullable Path file) {

    Reply(int status, String contentType, String body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    static Reply json(int status, JsonNode body) {
        return json(status, body.toString());
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

    /** A file of the server's own, with its length, so that a cut one is not taken for whole. */
    static Reply file(String contentType, Path file, Map<String, String> headers) {
        return new Reply(200, contentType, "", headers, file);
    }
}
