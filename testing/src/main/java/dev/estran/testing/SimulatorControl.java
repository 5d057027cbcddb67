package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Steers a simulator of another process over HTTP. Thread-safe. */
public final class SimulatorControl {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String url;

    /** @param url without a path, as {@link ModelSimulator#url()} gives it */
    public SimulatorControl(HttpClient http, String url) {
        this.http = http;
        this.url = url;
    }

    public void putTasks(Task... tasks) {
        send("PUT", "tasks", body("tasks", tasks, SimulatorJson::json));
    }

    public void putModels(SimulatedModel... models) {
        send("PUT", "models", body("models", models, SimulatorJson::json));
    }

    /** Replaces all faults. */
    public void putFaults(Fault... faults) {
        send("PUT", "faults", body("faults", faults, SimulatorJson::json));
    }

    public Counters counters() {
        return SimulatorJson.counters(send("GET", "counters", ""));
    }

    public List<Bill> bills() {
        return SimulatorJson.list(send("GET", "bills", ""), "bills", SimulatorJson::bill);
    }

    /** Counters, bills and the request number that faults are drawn by. */
    public void reset() {
        send("DELETE", "counters", "");
    }

    private JsonNode send(String method, String what, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_sim/" + what))
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalArgumentException(method + " " + request.uri() + ": " + response.body());
            }
            return SimulatorJson.read(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from the simulator at " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the simulator", e);
        }
    }

    private static <T> String body(String name, T[] all, Function<T, ObjectNode> writer) {
        ObjectNode body = SimulatorJson.JSON.createObjectNode();
        ArrayNode array = body.putArray(name);
        Arrays.stream(all).map(writer).forEach(array::add);
        return body.toString();
    }
}
