package dev.estran.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a handler gets: who asks, and the parts of the request.
 *
 * @param path values of the path's {placeholders}
 * @param query values of the query string
 * @param upload the body as a private file, for routes that take files; deleted after the handler returns
 * @param browser for the routes that sign in and out
 */
record Request(
        Caller caller,
        Map<String, String> path,
        Map<String, String> query,
        String body,
        @Nullable Path upload,
        Browser browser) {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    Request withBody(String text) {
        return new Request(caller, path, query, text, null, browser);
    }

    Request withUpload(Path file) {
        return new Request(caller, path, query, body, file, browser);
    }

    String pathValue(String name) {
        return path.getOrDefault(name, "");
    }

    Optional<String> queryValue(String name) {
        return Optional.ofNullable(query.get(name));
    }

    long queryNumber(String name, long defaultValue) {
        String value = query.get(name);
        if (value == null) {
            return defaultValue;
        }
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "'" + name + "' expects a whole number, not '" + value + "'.", e);
        }
    }

    /** The body as a JSON object. */
    ObjectNode json() {
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "The body is not valid JSON: " + e.getOriginalMessage(), e);
        }
        throw new EstranException(ErrorCode.INVALID_ARGUMENT, "The body must be a JSON object.");
    }
}
