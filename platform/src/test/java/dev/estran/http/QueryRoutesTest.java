package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.platform.HttpDoor;
import dev.estran.platform.HttpDoor.Answer;
import dev.estran.platform.ServerAddress;
import dev.estran.platform.TestingPlatform;
import dev.estran.testing.ModelSimulator;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Saved queries and estimates over HTTP. */
class QueryRoutesTest {

    private static final String QUERIES = "/api/v1/queries";
    private static final String ESTIMATE = "/api/v1/sql/estimate";

    private static TestingPlatform estran;
    private static ServerAddress address;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(Map.of("http.port", "0"));
        address = estran.platform().serve();
        door = new HttpDoor(address);
        estran.run("CREATE TABLE letters AS SELECT 'Tel 06 12 34 56 7' || (range % 5) AS body FROM range(20)");
    }

    @AfterAll
    static void stop() {
        door.close();
        estran.close();
    }

    private static Answer put(String id, String body) {
        return door.send("PUT", QUERIES + "/" + id, BodyPublishers.ofString(body), "Bearer " + address.token());
    }

    @Test
    void aQueryLivesFromSavingToDeleting() {
        String draft = """
                {"name":"Lettres","statement":"SELECT 1","parameters":{"since":{"type":"DATE","value":"2025-01-31"},
                 "who":{"type":"VARCHAR","value":null},"least":{"type":"BIGINT"}},"chart":{"kind":"bar","x":[1]}}""";
        Answer created = door.post(QUERIES, draft);
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().path("id").asText();
        Answer loaded = door.get(QUERIES + "/" + id);
        assertThat(loaded.json()).isEqualTo(created.json());
        assertThat(loaded.json().path("chart").toString()).isEqualTo("{\"kind\":\"bar\",\"x\":[1]}");
        assertThat(loaded.json().path("parameters").toString())
                .isEqualTo(
                        "{\"since\":{\"type\":\"DATE\",\"value\":\"2025-01-31\"},\"who\":{\"type\":\"VARCHAR\",\"value\":null},"
                                + "\"least\":{\"type\":\"BIGINT\"}}");
        Answer listed = door.get(QUERIES);
        assertThat(listed.json().path("queries").findValuesAsText("name")).contains("Lettres");
        assertThat(listed.text()).doesNotContain("\"statement\"");
        assertThat(put(id, "{\"name\":\"Lettres 2\",\"statement\":\"SELECT 2\",\"version\":1}")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        Answer late = put(id, "{\"name\":\"Lettres 3\",\"statement\":\"SELECT 3\",\"version\":1}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.code()).isEqualTo("QUERY_CHANGED");
        assertThat(late.json().path("error").path("details").toString())
                .contains("\"version\":2")
                .contains("\"based_on\":1");
        assertThat(door.sql("SELECT name, statement, version, owner FROM system.query.saved WHERE id = '" + id + "'")
                        .rows())
                .containsExactly("[\"Lettres 2\",\"SELECT 2\",2,\"owner\"]");
        assertThat(door.delete(QUERIES + "/" + id).status()).isEqualTo(204);
        assertThat(door.get(QUERIES + "/" + id).status()).isEqualTo(404);
        assertThat(door.delete(QUERIES + "/" + id).code()).isEqualTo("QUERY_NOT_FOUND");
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        for (String body : List.of(
                "{}",
                "[]",
                "{\"name\":\"a\"}",
                "{\"name\":1,\"statement\":\"SELECT 1\"}",
                "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"owner\":\"somebody\"}",
                "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"version\":1}",
                "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"chart\":\"bar\"}",
                "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"parameters\":[]}",
                "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"parameters\":{\"p\":\"x\"}}",
                "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"parameters\":{\"p\":{\"type\":\"DATE\",\"value\":1}}}",
                "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"parameters\":{\"p\":{\"type\":\"DATE\",\"hint\":\"x\"}}}")) {
            Answer refused = door.post(QUERIES, body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.code()).as(body).isEqualTo("INVALID_ARGUMENT");
        }
        assertThat(put("q_none", "{\"name\":\"a\",\"statement\":\"SELECT 1\"}").status())
                .isEqualTo(400);
        assertThat(put("q_none", "{\"name\":\"a\",\"statement\":\"SELECT 1\",\"version\":1}")
                        .status())
                .isEqualTo(404);
    }

    private static JsonNode estimated(String statement) {
        Answer answer = door.post(ESTIMATE, "{\"statement\":\"" + statement + "\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void anEstimateCountsWithoutAsking() {
        String mask = "SELECT ai_mask(body, ['phone']) AS m FROM letters";
        for (String statement :
                List.of(mask, mask + ";", "CREATE TABLE masked AS " + mask, "INSERT INTO letters " + mask)) {
            JsonNode body = estimated(statement);
            assertThat(body.path("calls").asInt()).as(statement).isEqualTo(5);
            JsonNode stage = body.path("stages").path(0);
            assertThat(stage.path("place").asText()).isEqualTo("local");
            assertThat(stage.path("rows").asInt()).isEqualTo(20);
            assertThat(stage.path("method").asText()).isEqualTo("counted");
            assertThat(body.path("currency").asText()).isEqualTo("EUR");
        }
        assertThat(estran.rows("SHOW TABLES")).hasSize(1);
        assertThat(estimated("SELECT 1").path("stages")).isEmpty();
        Answer drop = door.post(ESTIMATE, "{\"statement\":\"DROP TABLE letters\"}");
        assertThat(drop.status()).isEqualTo(400);
        assertThat(drop.code()).isEqualTo("STATEMENT_NOT_SUPPORTED");
        assertThat(door.post(ESTIMATE, "{\"statement\":\"SELECT 1\",\"what\":1}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anEstimateKnowsPricesAndWhatIsStored() {
        Answer needs = door.post(ESTIMATE, "{\"statement\":\"SELECT ai_translate(body, 'en') FROM letters\"}");
        assertThat(needs.code()).isEqualTo("NEEDS_MODEL");
        try (ModelSimulator simulator = ModelSimulator.start(ModelSimulator.Options.defaults())) {
            String connection =
                    "CREATE CONNECTION %s WITH (provider => 'openai_compatible', url => '" + simulator.url() + "/v1')";
            estran.run(connection.formatted("priced"));
            estran.run("CREATE ENDPOINT priced WITH (served => [{'connection': 'priced', 'model': 'small',"
                    + " 'price': {'input': 2, 'output': 8, 'currency': 'EUR'}}])");
            estran.run("CREATE ENDPOINT unpriced WITH (served => [{'connection': 'priced', 'model': 'small'}])");
            String ask = "SELECT ai_query('%s', 'Say ' || body) AS a FROM letters";
            JsonNode before = estimated(ask.formatted("priced"));
            assertThat(before.path("calls").asInt()).isEqualTo(5);
            assertThat(before.path("stages").path(0).path("place").asText()).isIn("endpoint", "simulated");
            assertThat(new BigDecimal(before.path("cost").path("amount").asText()))
                    .isPositive();
            assertThat(estimated(ask.formatted("unpriced")).has("cost")).isFalse();
            estran.run(ask.formatted("priced"));
            JsonNode after = estimated(ask.formatted("priced"));
            assertThat(after.path("calls").asInt()).isZero();
            assertThat(after.path("stored").asInt()).isEqualTo(5);
        }
    }
}
