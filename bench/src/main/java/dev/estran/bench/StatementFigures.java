package dev.estran.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a statement costs beside the engine's work: a one-row query over HTTP, against the warm connection. */
final class StatementFigures implements Bench.Group {

    private static final int WARM_UP = 50;
    private static final int RUNS = 200;
    private static final String QUERY = "SELECT id, name FROM one";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Launcher launcher;

    StatementFigures(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public void measure(Figures figures) throws IOException, SQLException, InterruptedException {
        launcher.prepare();
        try (WorkDirectory work = WorkDirectory.create()) {
            Path data = work.path().resolve("data");
            try (Launcher.Server server = launcher.server(data);
                    WarmConnection warm =
                            WarmConnection.open(Runtime.getRuntime().availableProcessors())) {
                String token = JSON.readTree(data.resolve("server.json").toFile())
                        .path("token")
                        .asText();
                post(server, token, "CREATE TABLE one AS SELECT 42 AS id, 'forty-two' AS name");
                warm.view("one", parquetFiles(data.resolve("warehouse")));
                Samples ours = new Samples();
                Samples theirs = new Samples();
                for (int run = -WARM_UP; run < RUNS; run++) {
                    long started = System.nanoTime();
                    JsonNode answer = post(server, token, QUERY);
                    long between = System.nanoTime();
                    List<List<String>> rows = warm.rows(QUERY);
                    long ended = System.nanoTime();
                    if (answer.path("rows").path(0).path(0).asInt() != 42 || rows.size() != 1) {
                        throw new IllegalStateException("a wrong answer: " + answer + ", " + rows);
                    }
                    if (run >= 0) {
                        ours.add((between - started) / 1e6);
                        theirs.add((ended - between) / 1e6);
                    }
                }
                figures.note("statement over HTTP: " + ours + "; on the warm connection: " + theirs);
                figures.atMost("statement_overhead_ms", ours.median() - theirs.median(), 60);
            }
        }
    }

    private static List<Path> parquetFiles(Path warehouse) throws IOException {
        try (Stream<Path> files = Files.walk(warehouse)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private static JsonNode post(Launcher.Server server, String token, String sql)
            throws IOException, InterruptedException {
        HttpResponse<String> response = server.client()
                .send(
                        HttpRequest.newBuilder(server.address().resolve("/api/v1/sql"))
                                .timeout(Duration.ofSeconds(30))
                                .header("authorization", "Bearer " + token)
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(
                                        Map.of("statement", sql, "limits", Map.of("wait_ms", 30_000)))))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        JsonNode body = JSON.readTree(response.body());
        if (response.statusCode() != 200) {
            throw new IOException(sql + " is answered with " + response.statusCode() + ": " + body);
        }
        return body;
    }
}
