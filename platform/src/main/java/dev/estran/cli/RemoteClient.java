package dev.estran.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Caller.Scope;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.export.ExportFormat;
import dev.estran.query.QueryDraft;
import dev.estran.query.QueryParameter;
import dev.estran.sql.TypedValue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server, over its native API. */
final class RemoteClient implements Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration UPLOAD_TIMEOUT = Duration.ofHours(6);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final String url;
    private final String token;

    RemoteClient(String url, String token) {
        this.url = checked(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
        this.token = token;
    }

    private static String checked(String url) {
        try {
            URI address = new URI(url);
            String scheme = String.valueOf(address.getScheme());
            if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new EstranException(
                ErrorCode.INVALID_CONFIGURATION,
                "--server expects a URL such as http://127.0.0.1:8080, not '" + url + "'.");
    }

    /** Whether a server answers there. */
    boolean alive() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health/live"))
                    .timeout(CONNECT_TIMEOUT)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String description() {
        return "server " + url;
    }

    @Override
    public String openSession() {
        return send("POST", "/api/v1/sessions", BodyPublishers.ofString("{}"), REQUEST_TIMEOUT)
                .path("session")
                .asText();
    }

    @Override
    public String submit(@Nullable String session, String text, Map<String, TypedValue> parameters) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("statement", text);
        if (session != null) {
            body.put("session", session);
        }
        ObjectNode values = body.putObject("parameters");
        parameters.forEach((name, parameter) ->
                values.putObject(name).put("type", parameter.type()).put("value", parameter.value()));
        body.putObject("limits").put("wait_ms", 0);
        return send("POST", "/api/v1/sql", BodyPublishers.ofString(body.toString()), REQUEST_TIMEOUT)
                .path("statement_id")
                .asText();
    }

    @Override
    public Optional<QueryDraft> findQuery(String name) {
        for (JsonNode query : send("GET", "/api/v1/queries", BodyPublishers.noBody(), REQUEST_TIMEOUT)
                .path("queries")) {
            if (query.path("name").asText().equals(name)) {
                String path = "/api/v1/queries/" + query.path("id").asText();
                return Optional.of(draft(send("GET", path, BodyPublishers.noBody(), REQUEST_TIMEOUT)));
            }
        }
        return Optional.empty();
    }

    private static QueryDraft draft(JsonNode query) {
        Map<String, QueryParameter> parameters = new LinkedHashMap<>();
        query.path("parameters").properties().forEach(field -> {
            JsonNode value = field.getValue().path("value");
            parameters.put(
                    field.getKey(),
                    new QueryParameter(
                            field.getValue().path("type").asText(),
                            !value.isMissingNode(),
                            value.isTextual() ? value.asText() : null));
        });
        return new QueryDraft(
                query.path("name").asText(), query.path("statement").asText(), parameters, null);
    }

    @Override
    public void saveQuery(QueryDraft query) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", query.name()).put("statement", query.text());
        ObjectNode parameters = body.putObject("parameters");
        query.parameters().forEach((name, parameter) -> {
            ObjectNode one = parameters.putObject(name).put("type", parameter.type());
            if (parameter.given()) {
                one.put("value", parameter.value());
            }
        });
        send("POST", "/api/v1/queries", BodyPublishers.ofString(body.toString()), REQUEST_TIMEOUT);
    }

    @Override
    public StatementView await(String id, long millis) {
        return view(send("GET", "/api/v1/sql/" + id + "?wait_ms=" + millis, BodyPublishers.noBody(), REQUEST_TIMEOUT));
    }

    @Override
    public List<JsonNode> rows(String id, long offset, int limit) {
        String path = "/api/v1/sql/" + id + "/rows?offset=" + offset + "&limit=" + limit;
        JsonNode page = send("GET", path, BodyPublishers.noBody(), REQUEST_TIMEOUT);
        List<JsonNode> rows = new ArrayList<>();
        page.path("rows").forEach(rows::add);
        return rows;
    }

    @Override
    public void export(String id, ExportFormat format, Path target) {
        OutputFile.write(target, part -> download("/api/v1/sql/" + id + "/export?format=" + format.extension(), part));
    }

    private void download(String path, Path file) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(UPLOAD_TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<InputStream> response = exchange(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw error(JSON.readTree(body).path("error"));
            }
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void cancel(String id) {
        send("POST", "/api/v1/sql/" + id + "/cancel", BodyPublishers.ofString("{}"), REQUEST_TIMEOUT);
    }

    @Override
    public String load(Path file, Map<String, String> options) {
        Map<String, String> query = new HashMap<>(options);
        query.put("name", file.getFileName().toString());
        String text = query.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        try {
            return send("POST", "/api/v1/load?" + text, BodyPublishers.ofFile(file), UPLOAD_TIMEOUT)
                    .path("statement_id")
                    .asText();
        } catch (FileNotFoundException e) {
            throw new EstranException(ErrorCode.FILE_NOT_FOUND, "There is no file " + file + ".", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String createToken(@Nullable String principal, String name, Scope scope, int days) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("scope", scope.name().toLowerCase(Locale.ROOT))
                .put("days", days);
        if (principal != null) {
            body.put("principal", principal);
        }
        return send("POST", "/api/v1/tokens", BodyPublishers.ofString(body.toString()), REQUEST_TIMEOUT)
                .path("token")
                .asText();
    }

    @Override
    public void putSecret(String name, String value) {
        String body = JsonNodeFactory.instance.objectNode().put("value", value).toString();
        send("PUT", secretPath(name), BodyPublishers.ofString(body), REQUEST_TIMEOUT);
    }

    @Override
    public void removeSecret(String name) {
        send("DELETE", secretPath(name), BodyPublishers.noBody(), REQUEST_TIMEOUT);
    }

    private static String secretPath(String name) {
        return "/api/v1/secrets/" + encode(name).replace("+", "%20");
    }

    @Override
    public List<JsonNode> secrets() {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode found = send("GET", "/api/v1/secrets", BodyPublishers.noBody(), REQUEST_TIMEOUT);
        found.path("secrets")
                .forEach(entry -> rows.add(JsonNodeFactory.instance
                        .arrayNode()
                        .add(entry.path("name"))
                        .add(entry.path("updated_at"))
                        .add(entry.path("updated_by"))
                        .add(entry.path("created_at"))));
        return rows;
    }

    @Override
    public int rotateSecrets() {
        return send("POST", "/api/v1/secrets/rotate", BodyPublishers.ofString("{}"), REQUEST_TIMEOUT)
                .path("secrets")
                .asInt();
    }

    @Override
    public ObjectNode health() {
        ObjectNode health =
                JsonNodeFactory.instance.objectNode().put("server", true).put("url", url);
        health.set("ready", send("GET", "/health/ready", BodyPublishers.noBody(), CONNECT_TIMEOUT));
        return health;
    }

    private JsonNode send(String method, String path, BodyPublisher body, Duration timeout) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> response = exchange(request, HttpResponse.BodyHandlers.ofString());
        try {
            JsonNode answer = JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
            // A failed statement is an answer too; it carries its id beside the error.
            if (response.statusCode() >= 400 && !answer.has("statement_id")) {
                throw error(answer.path("error"));
            }
            return answer;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private EstranException unreachable(IOException e) {
        return new EstranException(
                ErrorCode.SERVER_UNREACHABLE,
                "The server " + url + " does not answer (" + e.getClass().getSimpleName() + "). Is it running?",
                e);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EstranException(ErrorCode.CANCELLED, "Interrupted.", e);
        }
    }

    private static EstranException error(JsonNode error) {
        ErrorCode code;
        try {
            code = ErrorCode.valueOf(error.path("code").asText());
        } catch (IllegalArgumentException e) {
            code = ErrorCode.INTERNAL;
        }
        Map<String, Object> details = new HashMap<>();
        error.path("details")
                .properties()
                .forEach(field -> details.put(field.getKey(), field.getValue().asText()));
        return new EstranException(code, error.path("message").asText("no message"), details, null);
    }

    private static StatementView view(JsonNode body) {
        List<Column> columns = new ArrayList<>();
        body.path("schema")
                .forEach(column -> columns.add(new Column(
                        column.path("name").asText(), column.path("type").asText())));
        String state = body.path("state").asText();
        JsonNode cost = body.path("cost");
        return new StatementView(
                body.path("statement_id").asText(),
                state.equals("FINISHED") || state.equals("FAILED") || state.equals("CANCELLED"),
                body.path("stage").asText(""),
                body.path("fraction").asDouble(-1),
                columns,
                body.path("total").asLong(),
                body.path("truncated").asBoolean(),
                body.hasNonNull("affected") ? body.get("affected").asLong() : null,
                body.hasNonNull("message") ? body.get("message").asText() : null,
                sum(body, "asked"),
                sum(body, "stored"),
                sum(body, "failed"),
                cost.isObject()
                        ? new Money(
                                new BigDecimal(cost.path("amount").asText("0")),
                                cost.path("currency").asText())
                        : null,
                body.path("wall_ms").asLong(),
                body.has("error") ? error(body.get("error")) : null);
    }

    private static long sum(JsonNode body, String field) {
        long sum = 0;
        for (JsonNode stage : body.path("ai_stages")) {
            sum += stage.path(field).asLong();
        }
        return sum;
    }

    @Override
    public void close() {
        http.close();
    }
}
