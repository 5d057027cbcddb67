package dev.estran.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shapes of OpenAI's chat dialect. */
final class DialectTest {

    private ModelSimulator simulator;
    private Chat chat;

    @BeforeEach
    void start() {
        simulator = ModelSimulator.start();
        chat = Chat.to(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void aWholeAnswerHasIdChoiceAndUsage() {
        HttpResponse<String> response = chat.post(Chat.request("Translate to French", "Good morning to you all"));
        JsonNode body = SimulatorJson.read(response.body());
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(body.path("object").asText()).isEqualTo("chat.completion");
        assertThat(body.path("id").asText()).startsWith("chatcmpl-");
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(body.at("/choices/0/message/role").asText()).isEqualTo("assistant");
        assertThat(body.at("/choices/0/message/content").asText()).contains("Good morning to you all");
        assertThat(body.at("/usage/total_tokens").asInt())
                .isEqualTo(body.at("/usage/prompt_tokens").asInt()
                        + body.at("/usage/completion_tokens").asInt());
    }

    @Test
    void aStreamCarriesTheSameAnswerAndUsageWhereAskedFor() {
        ObjectNode request =
                Chat.request("Please summarise this long story about nothing \ud83d\ude80 at all, in words");
        String whole = chat.content(request);
        JsonNode usage = SimulatorJson.read(chat.post(request).body()).path("usage");
        request.put("stream", true).putObject("stream_options").put("include_usage", true);
        HttpResponse<String> response = chat.post(request);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        List<String> events =
                response.body().lines().filter(line -> !line.isEmpty()).toList();
        assertThat(events).allMatch(line -> line.startsWith("data: "));
        assertThat(events.getLast()).isEqualTo("data: [DONE]");
        assertThat(text(events)).isEqualTo(whole);
        JsonNode last = SimulatorJson.read(events.get(events.size() - 2).substring(6));
        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage")).isEqualTo(usage);

        request.remove("stream_options");
        assertThat(chat.post(request).body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    private static String text(List<String> events) {
        StringBuilder text = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            text.append(SimulatorJson.read(event.substring(6))
                    .at("/choices/0/delta/content")
                    .asText());
        }
        return text.toString();
    }

    @Test
    void theTokenLimitCutsTheAnswer() {
        ObjectNode request =
                Chat.request("one two three four five six seven eight nine ten").put("max_tokens", 3);
        JsonNode body = SimulatorJson.read(chat.post(request).body());
        assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(body.at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void contentPartsAreReadAsText() {
        ObjectNode request = Chat.request("x");
        ((ObjectNode) request.at("/messages/0"))
                .set(
                        "content",
                        Chat.json(
                                "[{'type':'text','text':'Bonjour le monde'},{'type':'image_url','image_url':{'url':'data:'}}]"));
        assertThat(chat.content(request)).contains("Bonjour le monde");
    }

    @Test
    void badRequestsGetErrorsInShape() {
        assertError(chat.send("POST", "/v1/chat/completions", "{not json"), 400, null);
        assertError(chat.send("POST", "/v1/chat/completions", ""), 400, null);
        assertError(chat.send("POST", "/v1/chat/completions", "[]"), 400, null);
        assertError(chat.send("POST", "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[]}"), 400, null);
        assertError(chat.send("GET", "/v1/chat/completions", ""), 405, "method_not_supported");
        assertError(chat.send("POST", "/v1/nothing", "{}"), 404, "unknown_url");
        assertError(chat.send("PATCH", "/_sim/tasks", "{}"), 404, "unknown_url");
        assertError(chat.send("PUT", "/_sim/tasks", "{\"name\":\"x\",\"kind\":\"riddle\"}"), 400, null);
        assertError(chat.send("PUT", "/_sim/tasks", "7"), 400, null);
        assertError(chat.send("PUT", "/_sim/faults", "{\"kind\":\"timeout\"}"), 400, null);
        assertThat(simulator.counters().failed()).containsEntry("invalid", 4L);
        assertThat(simulator.counters().inFlight()).isZero();
    }

    @Test
    void aKeyIsCheckedWhereOneIsSet() {
        try (ModelSimulator locked =
                ModelSimulator.start(ModelSimulator.Options.defaults().withKey("k1"))) {
            Chat client = Chat.to(locked);
            assertError(client.post(Chat.request("hi")), 401, "invalid_api_key");
            assertError(client.post(Chat.request("hi"), "Authorization", "Bearer k2"), 401, "invalid_api_key");
            assertThat(client.post(Chat.request("hi"), "Authorization", "Bearer k1")
                            .statusCode())
                    .isEqualTo(200);
            assertError(client.send("GET", "/v1/models", ""), 401, "invalid_api_key");
            assertThat(locked.counters().failed()).containsEntry("unauthorized", 2L);
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        var options = ModelSimulator.Options.defaults().withBodyLimitBytes(1_000);
        try (ModelSimulator small = ModelSimulator.start(options)) {
            assertError(Chat.to(small).post(Chat.request("x".repeat(5_000))), 413, null);
            assertThat(small.counters().inFlight()).isZero();
        }
    }

    @Test
    void modelsAreListedAndOthersRefusedWhenStrict() {
        String models =
                "{'strict':true,'models':[{'name':'north-large','input_per_million':2.5,'output_per_million':10}]}";
        assertThat(chat.send("PUT", "/_sim/models", models.replace('\'', '"')).statusCode())
                .isEqualTo(200);
        JsonNode list = SimulatorJson.read(chat.send("GET", "/v1/models", "").body());
        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.at("/data/0/id").asText()).isEqualTo("north-large");
        assertError(chat.post(Chat.request("hi")), 404, "model_not_found");
        assertThat(chat.post(Chat.request("hi").put("model", "north-large")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void flagsAreReadAndWrongOnesNamed() {
        var options =
                SimulatorFlags.parse(new String[] {"--port", "0", "--latency-ms", "50", "--seed", "7", "--key", "k"});
        assertThat(options.latency()).isEqualTo(Latency.fixed(50));
        assertThat(options.seed()).isEqualTo(7);
        assertThatThrownBy(() -> SimulatorFlags.parse(new String[] {"--prot", "1"}))
                .hasMessageContaining("--prot");
        assertThatThrownBy(() -> SimulatorFlags.parse(new String[] {"--port", "x"}))
                .hasMessageContaining("not x");
        assertThatThrownBy(() -> SimulatorFlags.parse(new String[] {"--port"})).hasMessageContaining("needs a value");
    }

    private static void assertError(HttpResponse<String> response, int status, @Nullable String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode error = SimulatorJson.read(response.body()).path("error");
        assertThat(error.path("message").asText()).isNotEmpty();
        assertThat(error.path("type").asText()).isNotEmpty();
        assertThat(error.has("param")).isTrue();
        assertThat(error.path("code").textValue()).isEqualTo(code);
    }
}
