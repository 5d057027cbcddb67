package dev.estran.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.platform.HttpDoor;
import dev.estran.platform.HttpDoor.Answer;
import dev.estran.platform.ServerAddress;
import dev.estran.platform.TestingPlatform;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Loading over HTTP as the Data page does it: look, correct, load, see what was rejected. */
class LoadRoutesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestingPlatform estran;
    private static ServerAddress address;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        estran = TestingPlatform.start(Map.of("http.port", "0"));
        address = estran.platform().serve();
        door = new HttpDoor(address);
    }

    @AfterAll
    static void stop() {
        door.close();
        estran.close();
    }

    private static Answer load(byte[] file, String... options) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < options.length; i += 2) {
            query.append(i == 0 ? "?" : "&")
                    .append(options[i])
                    .append('=')
                    .append(URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8));
        }
        Answer queued = door.send(
                "POST", "/api/v1/load" + query, BodyPublishers.ofByteArray(file), "Bearer " + address.token());
        return queued.status() == 202 ? door.get("/api/v1/sql/" + queued.id() + "?wait_ms=60000") : queued;
    }

    private static Answer load(String file, String... options) {
        return load(file.getBytes(StandardCharsets.UTF_8), options);
    }

    private static JsonNode preview(Answer answer, int column, String field) throws IOException {
        assertThat(answer.json().path("state").asText())
                .as(answer.json().toString())
                .isEqualTo("FINISHED");
        JsonNode row = JSON.readTree(
                door.get("/api/v1/sql/" + answer.id() + "/rows").rows().get(column));
        return field.equals("values") || field.equals("file")
                ? JSON.readTree(row.get(field.equals("values") ? 4 : 5).asText())
                : row.get(List.of("column", "type", "read_as", "misfits").indexOf(field));
    }

    @Test
    void aDryRunShowsHowTheFileIsReadAndWhatDoesNotFit() throws IOException {
        String file = "Export\n\nd;n\n02/01/2025;1,5\nmaybe;2,5\n";
        Answer answer = load(
                file,
                "table",
                "looked",
                "name",
                "x.csv",
                "dry_run",
                "true",
                "preview_rows",
                "20",
                "header",
                "2",
                "types",
                "{\"d\":\"DATE\"}");
        assertThat(preview(answer, 0, "misfits").asLong()).isEqualTo(1);
        assertThat(preview(answer, 0, "values").toString()).isEqualTo("[\"2025-01-02\",{\"misfit\":\"maybe\"}]");
        assertThat(preview(answer, 1, "type").asText()).isEqualTo("DECIMAL(18,1)");
        JsonNode layout = preview(answer, 0, "file");
        assertThat(layout.path("delimiter").asText()).isEqualTo(";");
        assertThat(layout.path("header").asInt()).isEqualTo(2);
        assertThat(layout.path("encoding").asText()).isEqualTo("UTF-8");
        assertThat(estran.rows("SHOW TABLES LIKE 'looked'")).isEmpty();
    }

    @Test
    void layoutNamesAndColumnsAreAsTheCallerSays() {
        byte[] latin = "a|prénom|c\n1|Zoé|x\n2|Noé|y\n".getBytes(StandardCharsets.ISO_8859_1);
        Answer answer = load(
                latin,
                "table",
                "said",
                "name",
                "x.csv",
                "delimiter",
                "|",
                "encoding",
                "iso-8859-1",
                "names",
                "{\"prénom\":\"a; b=\\\"c\\\"\"}",
                "skip",
                "[\"C\"]");
        assertThat(answer.json().path("state").asText())
                .as(answer.json().toString())
                .isEqualTo("FINISHED");
        assertThat(estran.rows("SELECT \"a; b=\"\"c\"\"\" FROM said ORDER BY a"))
                .containsExactly("[\"Zoé\"]", "[\"Noé\"]");
        assertThat(estran.rows("DESCRIBE said")).hasSize(2);
        load("1;2\n3;4\n", "table", "headless", "name", "x.csv", "header", "none");
        assertThat(estran.rows("SELECT column1, column2 FROM headless ORDER BY 1"))
                .containsExactly("[1,2]", "[3,4]");
    }

    @Test
    void whatIsSaidWronglyIsRefusedAndNothingIsLoaded() {
        List<List<String>> wrong = List.of(
                List.of("delimiter", "ab", "INVALID_ARGUMENT"),
                List.of("delimiter", "\"", "INVALID_ARGUMENT"),
                List.of("encoding", "klingon", "INVALID_ARGUMENT"),
                List.of("header", "-1", "INVALID_ARGUMENT"),
                List.of("header", "first", "INVALID_ARGUMENT"),
                List.of("types", "{", "INVALID_ARGUMENT"),
                List.of("preview_rows", "many", "INVALID_ARGUMENT"),
                List.of("names", "{\"a\":\"b\"}", "INVALID_ARGUMENT"),
                List.of("names", "{\"nobody\":\"x\"}", "COLUMN_NOT_FOUND"),
                List.of("skip", "[\"a\",\"b\"]", "INVALID_ARGUMENT"),
                List.of("skip", "[\"'; DROP TABLE said; --\"]", "COLUMN_NOT_FOUND"));
        for (List<String> one : wrong) {
            Answer answer = load("a,b\n1,2\n", "table", "refused", "name", "x.csv", one.get(0), one.get(1));
            assertThat(answer.code()).as(one.toString()).isEqualTo(one.get(2));
        }
        assertThat(estran.rows("SHOW TABLES LIKE 'refused'")).isEmpty();
    }

    @Test
    void aWrongFileSaysWhichCaseItIs() {
        Map<String, byte[]> files = Map.of(
                "picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0},
                "password", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, 0},
                "pdf", "%PDF-1.7 ".getBytes(StandardCharsets.UTF_8),
                "empty", new byte[0],
                "binary", new byte[] {1, 0, 2, 0, 3},
                "no_rows", "\n\n\n".getBytes(StandardCharsets.UTF_8));
        files.forEach((reason, bytes) -> {
            Answer answer = load(bytes, "table", "wrong", "name", reason.equals("password") ? "x.xlsx" : "x.csv");
            assertThat(answer.json().at("/error/details/reason").asText())
                    .as(reason + ": " + answer.json())
                    .isEqualTo(reason);
        });
        assertThat(estran.rows("SHOW TABLES LIKE 'wrong'")).isEmpty();
    }

    @Test
    void rejectedRowsAreReadByTheCallerOfTheLoadOnly() {
        String hostile = "<img src=x onerror=alert(1)>";
        Answer loaded = load(
                "d,t\n2025-01-01,a\n\"" + hostile + "\",\"b\"\"c\"\nx,y,z\n",
                "table",
                "partly",
                "name",
                "../../etc/passwd.csv",
                "types",
                "d=DATE");
        String path = "/api/v1/load/" + loaded.id() + "/rejects";
        JsonNode rejects = door.get(path).json().path("rejects");
        assertThat(rejects).hasSize(2);
        JsonNode typed = rejects.get(0).path("column").asText().isEmpty() ? rejects.get(1) : rejects.get(0);
        assertThat(typed.path("line").asLong()).isEqualTo(3);
        assertThat(typed.path("column").asText()).isEqualTo("d");
        assertThat(typed.path("value").asText()).isEqualTo(hostile);
        assertThat(door.get(path + "?offset=1&limit=5").json().path("rejects")).hasSize(1);
        assertThat(door.get(path + "?limit=10001").code()).isEqualTo("INVALID_ARGUMENT");
        assertThat(door.get(path + "?offset=-1").code()).isEqualTo("INVALID_ARGUMENT");
        assertThat(door.get("/api/v1/load/st_none/rejects").status()).isEqualTo(404);
        assertThat(door.get("/api/v1/load/..%2F..%2Fjournal/rejects.csv").status())
                .isEqualTo(404);
        String csv = door.raw("GET " + path + ".csv HTTP/1.1\nConnection: close\nAuthorization: Bearer "
                + address.token() + "\nHost: 127.0.0.1:" + address.port() + "\n\n");
        assertThat(csv)
                .containsIgnoringCase("content-disposition: attachment")
                .containsIgnoringCase("content-type: text/csv")
                .contains("line,column,value,reason,text");
    }

    @Test
    void tablesAndViewsTellWhatTheyAre() {
        estran.run("CREATE TABLE told (a INTEGER NOT NULL COMMENT 'it''s', b VARCHAR DEFAULT 'x')"
                + " COMMENT 'what; it is' TBLPROPERTIES ('owner' = 'me')");
        estran.run("INSERT INTO told VALUES (1, 'y')");
        JsonNode table =
                door.get("/api/v1/catalogs/lake/schemas/default/tables/told").json();
        assertThat(table.path("rows").asLong()).isEqualTo(1);
        assertThat(table.path("bytes").asLong()).isPositive();
        assertThat(table.path("comment").asText()).isEqualTo("what; it is");
        assertThat(table.at("/properties/owner").asText()).isEqualTo("me");
        List<String> described = estran.rows("DESCRIBE told");
        estran.run("DROP TABLE told");
        estran.run(table.path("definition").asText().replaceFirst(";$", ""));
        assertThat(estran.rows("DESCRIBE told")).isEqualTo(described);

        estran.run("CREATE VIEW seen AS SELECT a FROM told");
        estran.run("COMMENT ON VIEW seen IS 'first'");
        estran.run("CREATE OR REPLACE VIEW seen AS SELECT a + 1 AS a FROM told");
        JsonNode view =
                door.get("/api/v1/catalogs/lake/schemas/default/views/seen").json();
        assertThat(view.path("query").asText()).isEqualTo("SELECT a + 1 AS a FROM told");
        assertThat(view.path("comment").asText()).isEqualTo("first");
        assertThat(door.get("/api/v1/catalogs/lake/schemas/default/views/told").status())
                .isEqualTo(404);
    }

    @Test
    void theDemoSaysWhenItsFilesAreMissing() {
        String before = System.getProperty("estran.home");
        System.setProperty("estran.home", estran.directory().toString());
        try {
            assertThat(door.get("/api/v1/demo").json().toString())
                    .isEqualTo("{\"tables\":[],\"available\":false,\"complete\":false}");
            Answer queued = door.post("/api/v1/demo", "");
            Answer ended = door.get("/api/v1/sql/" + queued.id() + "?wait_ms=60000");
            assertThat(ended.code()).isEqualTo("FILE_NOT_FOUND");
        } finally {
            if (before == null) {
                System.clearProperty("estran.home");
            } else {
                System.setProperty("estran.home", before);
            }
        }
    }
}
