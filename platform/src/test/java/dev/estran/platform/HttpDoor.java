package dev.estran.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that speaks to a server over HTTP, as users' programs do. */
public final class HttpDoor implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)\r\n");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServerAddress address;

    public HttpDoor(ServerAddress address) {
        this.address = address;
    }

    /** What came back. */
    public record Answer(int status, JsonNode json, String text, String contentType) {

        public String code() {
            return json.path("error").path("code").asText();
        }

        public String message() {
            return json.path("error").path("message").asText();
        }

        public String id() {
            return json.path("statement_id").asText();
        }

        public List<String> rows() {
            List<String> rows = new ArrayList<>();
            json.path("rows").forEach(row -> rows.add(row.toString()));
            return rows;
        }
    }

    /** What programs send as Authorization. */
    public String bearer() {
        return "Bearer " + address.token();
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), "Bearer " + address.token());
    }

    public Answer post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body), "Bearer " + address.token());
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), "Bearer " + address.token());
    }

    /** Submits a statement and follows it to its end. */
    public Answer sql(String statement) {
        return follow(post(
                "/api/v1/sql",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("statement", statement)
                        .toString()));
    }

    /** Polls an accepted statement until it is no longer 202. */
    public Answer follow(Answer submitted) {
        Answer answer = submitted;
        while (answer.status() == 202) {
            get("/api/v1/sql/" + answer.id() + "?wait_ms=5000");
            answer = get("/api/v1/sql/" + answer.id() + "/rows");
        }
        return answer;
    }

    public Answer send(String method, String path, BodyPublisher body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + path))
                .timeout(PATIENCE)
                .method(method, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode json =
                    type.startsWith("application/json") && !response.body().isEmpty()
                            ? JSON.readTree(response.body())
                            : JSON.missingNode();
            return new Answer(response.statusCode(), json, response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends bytes as they are, which no client library would; returns the answer, or what came before the end. */
    public String raw(String head) {
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.write(next);
                if (next == '}' && complete(answer.toString(StandardCharsets.UTF_8))) {
                    break;
                }
            }
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean complete(String answer) {
        Matcher length = LENGTH.matcher(answer);
        int body = answer.indexOf("\r\n\r\n") + 4;
        return length.find()
                && answer.substring(body).getBytes(StandardCharsets.UTF_8).length == Integer.parseInt(length.group(1));
    }

    @Override
    public void close() {
        client.close();
    }
}
