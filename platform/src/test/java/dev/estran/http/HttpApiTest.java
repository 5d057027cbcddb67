package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.estran.Caller;
import dev.estran.platform.HttpDoor;
import dev.estran.platform.HttpDoor.Answer;
import dev.estran.platform.ServerAddress;
import dev.estran.platform.TestingPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP API as a program sees it, on a real server. */
class HttpApiTest {

    private static final String SQL = "/api/v1/sql";

    private static TestingPlatform estran;
    private static ServerAddress address;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(Map.of(
                "http.port", "0", "sql.row_limit", "5000", "sql.result_limit_bytes", "1000000", "sql.sessions", "20"));
        address = estran.platform().serve();
        door = new HttpDoor(address);
    }

    @AfterAll
    static void stop() {
        door.close();
        estran.close();
    }

    private static String body(String statement) {
        return JsonNodeFactory.instance.objectNode().put("statement", statement).toString();
    }

    private static Answer submit(String json) {
        return door.post(SQL, json);
    }

    @Test
    void aTokenIsNeededOnTheLoopbackToo() {
        for (String authorization : List.of("", "Bearer ", "Bearer est_wrong", "Basic " + address.token())) {
            Answer answer = door.send("POST", SQL, BodyPublishers.ofString(body("SELECT 1")), authorization);
            assertThat(answer.status()).as(authorization).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(answer.message()).contains("server.json").doesNotContain(address.token());
        }
        assertThat(door.send("GET", "/metrics", BodyPublishers.noBody(), "").status())
                .isEqualTo(401);
        assertThat(door.send("GET", "/health/live", BodyPublishers.noBody(), "").status())
                .isEqualTo(200);
    }

    @Test
    void foreignHostsAndOriginsAreTurnedAway() {
        String head = "GET /api/v1/catalogs HTTP/1.1\nConnection: close\nAuthorization: Bearer " + address.token();
        String own = "127.0.0.1:" + address.port();
        assertThat(door.raw(head + "\nHost: " + own + "\n\n")).startsWith("HTTP/1.1 200");
        assertThat(door.raw(head + "\nHost: LOCALHOST:" + address.port() + "\n\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(door.raw(head + "\nHost: " + own + "\nOrigin: http://" + own + "\n\n"))
                .startsWith("HTTP/1.1 200");
        for (String foreign : List.of(
                "Host: evil.example",
                "Host: 127.0.0.1.evil.example:" + address.port(),
                "Host: " + own + "\nOrigin: http://evil.example",
                "Host: " + own + "\nOrigin: null",
                "Host: " + own + "\nOrigin: http://" + own + ".evil.example")) {
            assertThat(door.raw(head + "\n" + foreign + "\n\n"))
                    .as(foreign)
                    .startsWith("HTTP/1.1 403")
                    .contains("FORBIDDEN_HOST");
        }
        assertThat(door.raw("GET /api/v1/catalogs HTTP/1.0\n\n")).contains("403");
    }

    /** The default of Java's client asks for an upgrade to HTTP/2, whose requests have an authority instead of a Host. */
    @Test
    void http2NamesItsHostToo() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String host : List.of("127.0.0.1", "localhost")) {
                URI uri = URI.create("http://" + host + ":" + address.port() + "/api/v1/catalogs");
                for (int i = 0; i < 2; i++) {
                    HttpResponse<String> answer = client.send(
                            HttpRequest.newBuilder(uri)
                                    .header("Authorization", "Bearer " + address.token())
                                    .build(),
                            BodyHandlers.ofString());
                    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                }
                HttpResponse<String> foreign = client.send(
                        HttpRequest.newBuilder(uri)
                                .header("Authorization", "Bearer " + address.token())
                                .header("Origin", "http://evil.example")
                                .build(),
                        BodyHandlers.ofString());
                assertThat(foreign.statusCode()).isEqualTo(403);
            }
        }
    }

    @Test
    void whatRunsIsListedForItsOwnCaller() {
        String text =
                "SELECT count(*) AS \"é\" FROM range(100000000) a, range(100000000) b WHERE a.range * b.range = 7 -- "
                        + "\uD83D\uDC1A".repeat(300);
        Answer submitted = submit(body(text).replace("}", ",\"limits\":{\"wait_ms\":0}}"));
        String other = estran.platform()
                .sql()
                .submit(
                        new Caller("ana", java.util.Set.of(Caller.ADMINS, Caller.EVERYONE)),
                        dev.estran.sql.SqlRequest.of(text));
        Answer list = door.get(SQL);
        assertThat(list.status()).isEqualTo(200);
        var mine = list.json()
                .path("statements")
                .valueStream()
                .filter(one -> one.path("statement_id").asText().equals(submitted.id()))
                .findFirst()
                .orElseThrow();
        assertThat(mine.path("kind").asText()).isEqualTo("statement");
        assertThat(mine.path("state").asText()).isIn("QUEUED", "RUNNING");
        String label = mine.path("label").asText();
        assertThat(text).startsWith(label);
        assertThat(label.codePointCount(0, label.length())).isEqualTo(200);
        assertThat(list.text()).doesNotContain(other);
        door.post(SQL + "/" + submitted.id() + "/cancel", "");
        estran.platform().sql().cancel(new Caller("ana", java.util.Set.of(Caller.ADMINS, Caller.EVERYONE)), other);
        door.follow(submitted);
        assertThat(door.get(SQL).text()).doesNotContain(submitted.id());
    }

    @Test
    void aResultIsPagedAndExpires() {
        Answer first = submit(
                "{\"statement\":\"SELECT i, 'row ' || i AS t FROM range(2500) r(i) ORDER BY i\",\"limits\":{\"wait_ms\":60000}}");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().path("schema").toString())
                .isEqualTo("[{\"name\":\"i\",\"type\":\"BIGINT\"},{\"name\":\"t\",\"type\":\"VARCHAR\"}]");
        assertThat(first.json().path("total").asLong()).isEqualTo(2500);
        assertThat(first.json().path("next").asLong()).isEqualTo(1000);
        assertThat(first.rows()).hasSize(1000).startsWith("[0,\"row 0\"]");

        String rows = SQL + "/" + first.id() + "/rows";
        Answer last = door.get(rows + "?offset=2400&limit=1000");
        assertThat(last.rows()).hasSize(100).endsWith("[2499,\"row 2499\"]");
        assertThat(last.json().path("next").isNull()).isTrue();
        assertThat(door.get(rows + "?offset=2500").rows()).isEmpty();
        Answer beyond = door.get(rows + "?offset=" + Long.MAX_VALUE + "&limit=10");
        assertThat(beyond.rows()).isEmpty();
        assertThat(beyond.json().path("next").isNull()).isTrue();
        for (String wrong : List.of("?offset=-1", "?limit=-1", "?limit=100001", "?offset=x", "?limit=1e3")) {
            Answer answer = door.get(rows + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(400);
            assertThat(answer.code()).as(wrong).isEqualTo("INVALID_ARGUMENT");
        }

        assertThat(door.delete(SQL + "/" + first.id()).status()).isEqualTo(204);
        Answer gone = door.get(rows);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.code()).isEqualTo("STATEMENT_NOT_FOUND");
        assertThat(gone.message()).contains("Run it again");
    }

    @Test
    void aLongStatementIsAcceptedPolledAndCancelled() {
        Answer submitted = submit("{\"statement\":\"SELECT count(*) FROM range(100000000) a, range(100000000) b"
                + " WHERE a.range * b.range = 7\",\"limits\":{\"wait_ms\":0}}");
        assertThat(submitted.status()).isEqualTo(202);
        assertThat(submitted.json().path("state").asText()).isIn("QUEUED", "RUNNING");
        assertThat(submitted.json().has("rows")).isFalse();
        Answer cancelled = door.post(SQL + "/" + submitted.id() + "/cancel", "");
        assertThat(cancelled.status()).isEqualTo(200);
        Answer ended = door.follow(submitted);
        assertThat(ended.status()).isEqualTo(409);
        assertThat(ended.code()).isEqualTo("CANCELLED");
        assertThat(ended.json().path("state").asText()).isEqualTo("CANCELLED");
        assertThat(door.post(SQL + "/" + submitted.id() + "/cancel", "{}").status())
                .as("again")
                .isEqualTo(200);
    }

    @Test
    void aStatementThatTakesTooLongSaysSo() {
        Answer answer = door.follow(
                submit("{\"statement\":\"SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range *"
                        + " b.range = 7\",\"limits\":{\"timeout_ms\":300}}"));
        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.code()).isEqualTo("TIMEOUT");
        assertThat(answer.json().path("error").path("retryable").asBoolean()).isTrue();
        assertThat(answer.message()).contains("0.3 s").contains("SET timeout");
    }

    @Test
    void rowsBeyondTheLimitAreCutAndSaidSo() {
        Answer configured = door.sql("SELECT * FROM range(5001)");
        assertThat(configured.json().path("truncated").asBoolean()).isTrue();
        assertThat(configured.json().path("total").asLong()).isEqualTo(5000);
        Answer exact = door.sql("SELECT * FROM range(5000)");
        assertThat(exact.json().path("truncated").asBoolean()).isFalse();
        Answer asked = submit("{\"statement\":\"SELECT * FROM range(10)\",\"limits\":{\"rows\":3}}");
        assertThat(asked.rows()).containsExactly("[0]", "[1]", "[2]");
        assertThat(asked.json().path("truncated").asBoolean()).isTrue();
        Answer more = door.follow(submit("{\"statement\":\"SELECT * FROM range(6000)\",\"limits\":{\"rows\":6000}}"));
        assertThat(more.json().path("total").asLong())
                .as("never above the configured limit")
                .isEqualTo(5000);
    }

    @Test
    void aResultBeyondTheByteLimitIsRefused() {
        Answer answer = door.sql("SELECT repeat('x', 1000) FROM range(2000)");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("RESULT_TOO_LARGE");
        assertThat(answer.message()).containsIgnoringCase("sql.result_limit_bytes");
    }

    @Test
    void aStatementOf50MegabytesIsRefusedAndTheServerGoesOn() {
        String huge = "{\"statement\":\"SELECT '" + "x".repeat(50 << 20) + "'\"}";
        Answer answer = submit(huge);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("BODY_TOO_LARGE");
        assertThat(answer.message()).contains("http.body_limit_bytes");
        Answer five = submit(body("SELECT '" + "x".repeat(5 << 20) + "'"));
        assertThat(five.status()).isEqualTo(413);
        assertThat(five.code()).isEqualTo("STATEMENT_TOO_LARGE");
        assertThat(five.message()).contains("sql.statement_limit_bytes");
        assertThat(door.sql("SELECT 1").rows()).containsExactly("[1]");
    }

    @Test
    void oversizedBodiesDoNotUseUpTheServer() {
        String head = "POST /api/v1/sql HTTP/1.1\nHost: 127.0.0.1:" + address.port() + "\nAuthorization: Bearer "
                + address.token() + "\nConnection: close\nContent-Length: ";
        assertThat(door.raw(head + (64 << 20) + "\n\n")).contains("413").contains("BODY_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"SELECT 1\"",
                "{\"statement\":\"SELECT 1\"} trailing",
                "{\"statement\":\"SELECT 1\",\"limits\":{\"rows\":\"many\"}}",
                "{\"statement\":\"SELECT 1\",\"limits\":{\"rows\":-1}}",
                "{\"statement\":\"SELECT 1\",\"limits\":{\"timeout_ms\":0}}",
                "{\"statement\":\"SELECT 1\",\"limits\":{\"timeout_ms\":-5}}",
                "{\"statement\":\"SELECT 1\",\"limits\":{\"wait_ms\":\"x\"}}",
                "{\"statement\":\"SELECT 1\",\"limits\":{\"ai_budget\":\"x\"}}",
                "{\"statement\":\"SELECT 1\",\"limits\":{\"ai_budget\":-1}}",
                "{\"statement\":\"SELECT 1\",\"limits\":7}",
                "{\"statement\":\"SELECT 1\",\"limit\":{\"rows\":1}}",
                "{\"statement\":\"SELECT 1\",\"parameters\":[1]}",
                "{\"statement\":{\"a\":1}}",
                "{\"statment\":\"SELECT 1\"}"
            })
    void aBodyThatIsNotUnderstoodIsRefused(String malformed) {
        Answer answer = submit(malformed);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_ARGUMENT");
        assertThat(answer.message()).isNotBlank().doesNotContain("com.fasterxml");
    }

    @Test
    void parametersHaveTypes() {
        Answer answer = submit("{\"statement\":\"SELECT $d + INTERVAL 1 DAY AS d, $n + 1 AS n, $t || '!' AS t, $b AS b,"
                + " $x AS x, $m * 2 AS m\",\"parameters\":{\"d\":{\"type\":\"DATE\",\"value\":\"2025-01-31\"},\"n\":41,"
                + "\"t\":\"l'été\",\"b\":true,\"x\":null,\"m\":{\"type\":\"DECIMAL(10,2)\",\"value\":\"1.25\"}}}");
        assertThat(answer.rows()).containsExactly("[\"2025-02-01T00:00\",42,\"l'été!\",true,null,\"2.50\"]");
        Answer missing = submit("{\"statement\":\"SELECT $a\"}");
        assertThat(missing.code()).isEqualTo("PARAMETER_MISSING");
        Answer wrong = submit(
                "{\"statement\":\"SELECT $a\",\"parameters\":{\"a\":{\"type\":\"INTEGER\",\"value\":\"1); DROP\"}}}");
        assertThat(wrong.status()).isIn(400, 422);
        Answer type = submit(
                "{\"statement\":\"SELECT $a\",\"parameters\":{\"a\":{\"type\":\"INTEGER), (SELECT 1\",\"value\":\"1\"}}}");
        assertThat(type.status()).as(type.text()).isBetween(400, 499);
    }

    @Test
    void errorsCarryCodePlaceAndNextStep() {
        Answer syntax = door.sql("SELECT\n  1 +");
        assertThat(syntax.status()).isEqualTo(400);
        assertThat(syntax.code()).isEqualTo("SYNTAX_ERROR");
        Answer missing = door.sql("SELECT * FROM no_such");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.code()).isEqualTo("TABLE_NOT_FOUND");
        assertThat(missing.json().path("state").asText()).isEqualTo("FAILED");
        assertThat(door.sql("SELECT ai_embed('e', 'x')").status()).isEqualTo(501);
        Answer empty = door.sql("");
        assertThat(empty.status()).isEqualTo(400);
    }

    @Test
    void sessionsKeepSchemaAndVariablesAndAreTheirCallersOwn() {
        door.sql("CREATE SCHEMA IF NOT EXISTS lake.http");
        door.sql("CREATE OR REPLACE TABLE lake.http.in_session AS SELECT 7 AS a");
        String session =
                door.post("/api/v1/sessions", "").json().path("session").asText();
        String in = "{\"session\":\"" + session + "\",\"statement\":";
        assertThat(submit(in + "\"USE lake.http\"}").status()).isEqualTo(200);
        assertThat(submit(in + "\"SET timezone = 'Asia/Tokyo'\"}").status()).isEqualTo(200);
        assertThat(submit(in + "\"SELECT a FROM in_session\"}").rows()).containsExactly("[7]");
        assertThat(submit(in + "\"SELECT CAST(TIMESTAMPTZ '2025-01-01 00:00:00+00' AS VARCHAR)\"}")
                        .rows())
                .containsExactly("[\"2025-01-01 09:00:00+09\"]");
        assertThat(door.sql("SELECT a FROM in_session").code()).isEqualTo("TABLE_NOT_FOUND");

        String foreign = estran.platform()
                .sql()
                .openSession(new Caller("ana", java.util.Set.of(Caller.ADMINS, Caller.EVERYONE)));
        Answer other = submit("{\"session\":\"" + foreign + "\",\"statement\":\"SELECT 1\"}");
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.code()).isEqualTo("SESSION_NOT_FOUND");
        assertThat(door.delete("/api/v1/sessions/" + foreign).status()).isEqualTo(404);

        assertThat(door.delete("/api/v1/sessions/" + session).status()).isEqualTo(204);
        assertThat(submit(in + "\"SELECT 1\"}").code()).isEqualTo("SESSION_NOT_FOUND");
    }

    @Test
    void aStatementIsSeenByItsOwnCallerOnly() {
        String id = estran.platform()
                .sql()
                .submit(
                        new Caller("ana", java.util.Set.of(Caller.ADMINS, Caller.EVERYONE)),
                        dev.estran.sql.SqlRequest.of("SELECT 1"));
        for (Answer answer : List.of(
                door.get(SQL + "/" + id),
                door.get(SQL + "/" + id + "/rows"),
                door.post(SQL + "/" + id + "/cancel", ""),
                door.delete(SQL + "/" + id))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.code()).isEqualTo("STATEMENT_NOT_FOUND");
        }
    }

    @Test
    void aFileIsLoadedByUpload() {
        String path = "/api/v1/load?table=lake.default.uploaded&mode=replace&name=towns.csv";
        Answer loaded = door.follow(door.post(path, "id,name\n1,Brest\n2,Saint-Malo\n"));
        assertThat(loaded.status()).as(loaded.text()).isEqualTo(200);
        assertThat(door.sql("SELECT * FROM uploaded ORDER BY id").rows())
                .containsExactly("[1,\"Brest\"]", "[2,\"Saint-Malo\"]");
        Answer exists = door.follow(door.post(path.replace("replace", "create"), "id,name\n1,x\n"));
        assertThat(exists.code()).isEqualTo("ALREADY_EXISTS");
        assertThat(estran.directory().resolve("tmp").resolve("uploads")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?table=lake.default.x&mode=sometimes",
                "?table=lake.default.x&surprise=1",
                "?table=lake.default.x&max_rejects=many",
                "?table=lake.default.x&max_rejects=-1",
                "?table=lake.default.x&dry_run=maybe",
                "?table=lake.default.x&name=/",
                "?table=lake.default.x&name=%00",
                "?table=lake.default.x&name=a%zz"
            })
    void anUploadWithWrongOptionsIsRefusedAndLeavesNothing(String options) {
        String head = "POST /api/v1/load" + options + " HTTP/1.1\nHost: 127.0.0.1:" + address.port()
                + "\nAuthorization: Bearer " + address.token() + "\nConnection: close\nContent-Length: 4\n\na\n1\n";
        assertThat(door.raw(head).replaceAll("(?s)\r\n.*", "")).startsWith("HTTP/1.1 400");
        assertThat(estran.directory().resolve("tmp").resolve("uploads"))
                .satisfiesAnyOf(
                        path -> assertThat(path).doesNotExist(),
                        path -> assertThat(path).isEmptyDirectory());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/v1/sql/x?wait_ms=%zz", "/api/v1/catalogs/%zz/schemas", "/api/v1/catalogs/%00/schemas"})
    void aPathThatIsNoPathIsAnswered(String path) {
        String head = "GET " + path + " HTTP/1.1\nHost: 127.0.0.1:" + address.port() + "\nAuthorization: Bearer "
                + address.token() + "\nConnection: close\n\n";
        assertThat(door.raw(head)).startsWith("HTTP/1.1 4");
    }

    @Test
    void catalogsAreRead() {
        door.sql("CREATE SCHEMA IF NOT EXISTS lake.reads");
        door.sql("CREATE OR REPLACE TABLE lake.reads.\"Été 1\" (id INTEGER NOT NULL, n DECIMAL(9,2) DEFAULT 1.5)");
        assertThat(door.get("/api/v1/catalogs").text()).contains("{\"name\":\"lake\"}");
        assertThat(door.get("/api/v1/catalogs/lake/schemas").text()).contains("{\"name\":\"reads\"}");
        Answer objects = door.get("/api/v1/catalogs/lake/schemas/reads/objects");
        assertThat(objects.text()).contains("\"kind\":\"table\"").containsIgnoringCase("\"Été 1\"");
        Answer table = door.get("/api/v1/catalogs/lake/schemas/reads/tables/%C3%89t%C3%A9%201");
        assertThat(table.status()).as(table.text()).isEqualTo(200);
        assertThat(table.json().path("columns").toString()).contains("\"type\":\"DECIMAL(9,2)\"", "\"nullable\":false");
        Answer history = door.get("/api/v1/catalogs/lake/schemas/reads/tables/%C3%89t%C3%A9%201/history");
        assertThat(history.json().path("versions")).hasSize(1);
        assertThat(door.get("/api/v1/catalogs/nope/schemas").code()).isEqualTo("CATALOG_NOT_FOUND");
        assertThat(door.get("/api/v1/catalogs/lake/schemas/nope/objects").code())
                .isEqualTo("SCHEMA_NOT_FOUND");
        assertThat(door.get("/api/v1/catalogs/lake/schemas/reads/tables/nope").code())
                .isEqualTo("TABLE_NOT_FOUND");
    }

    @Test
    void pathsThatAreNotThere() {
        for (String planned : List.of("/api/2.1/unity-catalog/catalogs", "/mcp", "/openai/v1/chat/completions")) {
            Answer answer = door.get(planned);
            assertThat(answer.status()).as(planned).isEqualTo(501);
            assertThat(answer.code()).isEqualTo("NOT_BUILT");
        }
        for (String unknown : List.of("/api/v1", "/api/v1/nope", "/openai/v11", "/api/v1/sessions")) {
            Answer answer = door.get(unknown);
            assertThat(answer.status()).as(unknown).isIn(404, 405);
            assertThat(answer.code()).isNotEmpty();
        }
    }

    @Test
    void healthAndMetrics() {
        assertThat(door.get("/health/live").text()).isEqualTo("{\"status\":\"live\"}");
        assertThat(door.get("/health/ready").json().path("status").asText()).isEqualTo("ready");
        Answer metrics = door.get("/metrics");
        assertThat(metrics.contentType()).startsWith("text/plain; version=0.0.4");
        String[] lines = metrics.text().split("\n", -1);
        assertThat(lines[lines.length - 1]).isEmpty();
        String name = "";
        for (int i = 0; i < lines.length - 1; i += 3) {
            assertThat(lines[i]).startsWith("# HELP estran_");
            name = lines[i].split(" ", -1)[2];
            assertThat(lines[i + 1]).matches("# TYPE " + name + " (counter|gauge)");
            assertThat(lines[i + 2]).matches(name + " \\d+");
        }
        assertThat(name).isNotEmpty();
    }
}
