package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the simulator over HTTP as a client would. */
record Chat(HttpClient http, String url) {

    static Chat to(ModelSimulator simulator) {
        return new Chat(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), simulator.url());
    }

    static ObjectNode request(String... messages) {
        ObjectNode body = SimulatorJson.JSON.createObjectNode().put("model", "north");
        var all = body.putArray("messages");
        for (int i = 0; i < messages.length; i++) {
            all.addObject()
                    .put("role", i == messages.length - 1 ? "user" : "system")
                    .put("content", messages[i]);
        }
        return body;
    }

    /** @param schema with single quotes */
    static ObjectNode asking(String schema, String... messages) {
        ObjectNode body = request(messages);
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", json(schema));
        return body;
    }

    static JsonNode json(String text) {
        return SimulatorJson.read(text.replace('\'', '"'));
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> post(JsonNode body, String... headers) {
        return send("POST", "/v1/chat/completions", body.toString(), headers);
    }

    String content(JsonNode body) {
        HttpResponse<String> response = post(body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return SimulatorJson.read(response.body())
                .at("/choices/0/message/content")
                .textValue();
    }

    JsonNode answer(JsonNode body) {
        return SimulatorJson.read(content(body));
    }
}
