package dev.estran.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counters, bills, prices, latency and token counts. */
final class AccountTest {

    private ModelSimulator simulator;
    private Chat chat;
    private SimulatorControl control;

    @BeforeEach
    void start() {
        simulator = ModelSimulator.start(ModelSimulator.Options.defaults().withLatency(Latency.fixed(40)));
        chat = Chat.to(simulator);
        control = new SimulatorControl(HttpClient.newHttpClient(), simulator.url());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void billsAreKeyedByRequestIdAndShowRepeats() {
        control.putModels(new SimulatedModel(
                "north", new BigDecimal("2.5"), new BigDecimal("10"), "USD", null, Latency.fixed(0), null));
        HttpResponse<String> answer = chat.post(Chat.request("hello"), "X-Request-Id", "call-1");
        assertThat(answer.headers().firstValue("x-request-id")).contains("call-1");
        chat.post(Chat.request("hello"), "X-Request-Id", "call-1");
        chat.post(Chat.request("hello"), "X-Request-Id", "call-2");
        Bill repeated = control.bills().getFirst();
        Bill once = control.bills().getLast();
        assertThat(control.bills()).hasSize(2).isEqualTo(simulator.bills());
        assertThat(repeated.charges()).isEqualTo(2);
        assertThat(repeated.amount()).isEqualByComparingTo(once.amount().multiply(BigDecimal.TWO));
        BigDecimal expected = new BigDecimal("2.5")
                .multiply(BigDecimal.valueOf(once.inputTokens()))
                .add(BigDecimal.TEN.multiply(BigDecimal.valueOf(once.outputTokens())))
                .movePointLeft(6);
        assertThat(once.amount()).isEqualByComparingTo(expected);
        assertThat(once.currency()).isEqualTo("USD");
        assertThat(chat.send("GET", "/_sim/bills?id=call-2", "").body()).contains("\"count\":1");
    }

    @Test
    void countersCountAndReset() {
        control.putTasks(Task.labels("t", Map.of("known text number one", "a", "known text number two", "b")));
        List<CompletableFuture<HttpResponse<String>>> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String text = i < 8 ? "known text number " + (i % 2 == 0 ? "one" : "two") : "other " + i;
            HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/v1/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            Chat.request("variant " + i, text).toString()))
                    .build();
            open.add(chat.http().sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        open.forEach(CompletableFuture::join);
        Counters counters = control.counters();
        assertThat(counters).isEqualTo(simulator.counters());
        assertThat(counters.calls()).isEqualTo(10);
        assertThat(counters.answered()).isEqualTo(10);
        assertThat(counters.distinctTexts()).isEqualTo(4);
        assertThat(counters.mostInFlight()).isBetween(2, 10);
        assertThat(counters.inFlight()).isZero();
        assertThat(counters.inputTokens())
                .isEqualTo(control.bills().stream().mapToLong(Bill::inputTokens).sum());
        control.reset();
        assertThat(control.counters()).isEqualTo(new Counters(0, 0, Map.of(), 0, 0, 0, 0, 0));
        assertThat(control.bills()).isEmpty();
    }

    @Test
    void tokensAreThoseOfTheEncoding() {
        var encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        Tokens tokens = new Tokens();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] parts = {
            " ",
            "  ",
            "\n",
            "\r\n",
            "\t",
            "a",
            "Word",
            "naïve",
            "l'été",
            "don't",
            "42",
            "1234567",
            ",",
            ".",
            "/",
            "{\"k\":",
            "\ud83d\ude80",
            "e\u0301",
            "日本",
            "HTTPServer",
            "'s",
            "\u00a0",
            "_",
            "\\n"
        };
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            assertThat(tokens.count(text.toString()))
                    .as("seed %s, text %s", seed, text)
                    .isEqualTo(encoding.countTokensOrdinary(text.toString()));
        }
    }

    @Test
    void accuracyOfAModelHoldsForTasksThatNameNone() {
        control.putModels(
                new SimulatedModel("wrong", BigDecimal.ZERO, BigDecimal.ZERO, "EUR", 0.0, Latency.fixed(0), null));
        control.putTasks(Task.labels("t", Map.of("the parcel is late", "late", "the bill is off", "off")));
        String schema = "{'type':'object','properties':{'label':{'enum':['late','off']}}}";
        var request = Chat.asking(schema, "the parcel is late").put("model", "wrong");
        assertThat(chat.answer(request).path("label").asText()).isEqualTo("off");
        request.put("model", "other");
        assertThat(chat.answer(request).path("label").asText()).isEqualTo("late");
    }

    @Test
    void logNormalLatencyHasItsMedianAndTail() {
        Latency latency = new Latency(100, 400);
        long[] drawn = new long[20_000];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = latency.millis(5, i);
        }
        java.util.Arrays.sort(drawn);
        assertThat(drawn[10_000]).isBetween(95L, 105L);
        assertThat(drawn[19_800]).isBetween(360L, 440L);
        assertThat(latency.millis(5, 17)).isEqualTo(latency.millis(5, 17));
    }
}
