package dev.estran.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.estran.sql.AiCalls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** AI functions over a model that answers after 50 ms: how full the calls in flight are kept, and how few they are. */
final class AiFigures implements Bench.Group {

    private static final int RUNS = 3;
    private static final int TEXTS = 5000;
    private static final int IN_FLIGHT = 64; // the default of ai.concurrency
    private static final int LATENCY_MILLIS = 50;
    private static final int READY_SECONDS = 30;
    private static final int REPEATS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int texts;

    AiFigures(double scale) {
        this.texts = Math.max(IN_FLIGHT, (int) (TEXTS * scale));
    }

    @Override
    public void measure(Figures figures) throws IOException, InterruptedException {
        try (Child simulator = simulator();
                HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                OwnPlatform platform = OwnPlatform.start(Runtime.getRuntime().availableProcessors())) {
            String said = simulator.await("model simulator: ", READY_SECONDS);
            URI address = URI.create(said.substring(said.indexOf("http")).strip());
            platform.run("CREATE CONNECTION sim WITH (provider => 'openai_compatible', url => '" + address + "')");
            platform.run("CREATE ENDPOINT sim WITH (served => [{'connection': 'sim', 'model': 'sim-1'}])");
            Counter counter = new Counter(client, address);
            table(platform, "warm_up", 4 * IN_FLIGHT, 4 * IN_FLIGHT);
            classify(platform, "warm_up");
            throughput(figures, platform, counter);
            repeats(figures, platform, counter);
        }
    }

    private static Child simulator() throws IOException {
        return Child.start(
                List.of(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        "dev.estran.testing.ModelSimulator",
                        "--port",
                        "0",
                        "--latency-ms",
                        String.valueOf(LATENCY_MILLIS)),
                Map.of());
    }

    private void throughput(Figures figures, OwnPlatform platform, Counter counter)
            throws IOException, InterruptedException {
        Samples walls = new Samples();
        double cpu = 0;
        for (int run = 0; run < RUNS; run++) {
            String name = "texts_" + run;
            table(platform, name, texts, texts);
            counter.reset();
            double cpuBefore = Machine.cpuMillis();
            long started = System.nanoTime();
            classify(platform, name);
            walls.addSince(started);
            cpu += Machine.cpuMillis() - cpuBefore;
            JsonNode counted = counter.read();
            figures.note("ai run " + run + ": " + texts + " distinct texts, "
                    + counted.path("calls").asLong() + " calls, most in flight " + counter.mostInFlight(counted));
        }
        double ideal = Math.ceil((double) texts / IN_FLIGHT) * LATENCY_MILLIS;
        figures.note("ai: " + walls + ", ideal " + Figures.digits(ideal) + " ms, CPU of this process "
                + Figures.digits(cpu / RUNS / texts) + " ms a call");
        figures.atLeast("ai_throughput_ratio", ideal / walls.median(), 0.9);
    }

    private void repeats(Figures figures, OwnPlatform platform, Counter counter)
            throws IOException, InterruptedException {
        int distinct = texts / REPEATS;
        table(platform, "repeats", texts, distinct);
        counter.reset();
        classify(platform, "repeats");
        long calls = counter.read().path("calls").asLong();
        figures.note("ai on " + texts + " rows with " + distinct + " distinct texts: " + calls + " calls");
        figures.atMost("ai_calls_over_distinct", (double) calls / distinct, 1);
    }

    /** Texts that no other table holds. */
    private static void table(OwnPlatform platform, String name, int rows, int distinct) throws InterruptedException {
        platform.discard(platform.run("CREATE TABLE " + name + " AS SELECT i AS id, 'Message ' || (i % " + distinct
                + ") || ' of " + name + ": the parcel has not come, and the invoice is wrong.' AS text FROM range("
                + rows + ") AS numbers(i)"));
    }

    private static void classify(OwnPlatform platform, String table) throws InterruptedException {
        OwnPlatform.Answer answer = platform.run(
                "SELECT id, ai_classify(text, ['delivery', 'billing', 'other'], model => 'sim') AS label FROM "
                        + table);
        for (AiCalls.Stage stage : answer.status().aiStages()) {
            if (stage.failed() > 0) {
                throw new IllegalStateException(stage.failed() + " calls failed");
            }
        }
        platform.discard(answer);
    }

    /** The simulator's own count. */
    private record Counter(HttpClient client, URI address) {

        void reset() throws IOException, InterruptedException {
            send(request().DELETE());
        }

        JsonNode read() throws IOException, InterruptedException {
            return JSON.readTree(send(request().GET()));
        }

        long mostInFlight(JsonNode counters) {
            return counters.path("most_in_flight").asLong();
        }

        private HttpRequest.Builder request() {
            return HttpRequest.newBuilder(address.resolve("/_sim/counters")).timeout(Duration.ofSeconds(10));
        }

        private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("/_sim/counters answers " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        }
    }
}
