package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.estran.Column;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.Money;
import dev.estran.Phrase;
import dev.estran.platform.TestingPlatform;
import dev.estran.sql.AiCalls;
import dev.estran.sql.SqlService;
import dev.estran.sql.StatementStatus;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** openapi.json describes the server as it is. */
class OpenApiTest {

    private static JsonNode file() throws IOException {
        try (InputStream in = ApiRoutes.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void theFileAndTheRoutesAreTheSame() throws IOException {
        Set<String> described = new TreeSet<>();
        file().path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    boolean open = method.getValue().path("security").isArray()
                            && method.getValue().path("security").isEmpty();
                    described.add(
                            method.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey() + " open=" + open);
                }));
        Set<String> served = new TreeSet<>();
        try (TestingPlatform estran = TestingPlatform.start()) {
            var platform = estran.platform();
            new ApiRoutes(platform.services(), TestingGatekeeper.of(platform))
                    .all()
                    .forEach(route -> served.add(route.method().name() + " " + route.path() + " open=" + route.open()));
        }
        assertThat(described).isEqualTo(served);
    }

    @Test
    void everyPlaceholderIsAParameterAndEveryReferenceResolves() throws IOException {
        JsonNode api = file();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(method -> {
                    Set<String> named = new HashSet<>();
                    method.path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asText().equals("path")) {
                            named.add("{" + parameter.path("name").asText() + "}");
                        }
                    });
                    Set<String> used = new HashSet<>();
                    for (String part : path.getKey().split("/", -1)) {
                        if (part.startsWith("{")) {
                            used.add(part);
                        }
                    }
                    assertThat(named).as(path.getKey()).isEqualTo(used);
                }));
        api.findValuesAsText("$ref")
                .forEach(ref ->
                        assertThat(api.at(ref.substring(1)).isObject()).as(ref).isTrue());
    }

    @Test
    void everyFieldOfAStatementIsDescribed() throws IOException {
        JsonNode schemas = file().path("components").path("schemas");
        Money money = new Money(new BigDecimal("1.5"), "EUR");
        StatementStatus running = new StatementStatus(
                "st_1",
                StatementStatus.State.RUNNING,
                Phrase.of("loading", "loading {name}", Map.of("name", "a.csv")),
                0.5,
                List.of(new Column("a", "VARCHAR")),
                1,
                true,
                3L,
                Phrase.of("dropped", "{name} is dropped.", Map.of("name", "t")),
                Map.of(0, "ai_query"),
                List.of(new AiCalls.Stage("ai_query", "m", AiCalls.Place.LOCAL, 1, 1, 0, 0, money)),
                money,
                Map.of("lake.default.t", "3"),
                new EstranException(ErrorCode.SYNTAX_ERROR, "text", Map.of("line", 1), null),
                5);
        ObjectNode body = StatementBody.of(running);
        body.putArray("rows");
        body.put("offset", 0).putNull("next");
        described(body, schemas.path("Statement"));
        described(
                StatementBody.running(new SqlService.Running("SELECT", true, Instant.EPOCH, running)),
                schemas.path("RunningStatement"));
        described(body.path("schema").path(0), schemas.path("Column"));
        described(body.path("ai_stages").path(0), schemas.path("AiStage"));
        described(body.path("error"), schemas.path("Error"));
        described(body.path("cost"), schemas.path("Money"));
        for (StatementStatus.State state : StatementStatus.State.values()) {
            assertThat(schemas.at("/Statement/properties/state/enum").toString())
                    .contains("\"" + state + "\"");
        }
    }

    private static void described(JsonNode value, JsonNode schema) {
        Set<String> fields = new TreeSet<>();
        value.fieldNames().forEachRemaining(fields::add);
        Set<String> properties = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(properties::add);
        assertThat(fields).isNotEmpty().isEqualTo(properties);
    }
}
