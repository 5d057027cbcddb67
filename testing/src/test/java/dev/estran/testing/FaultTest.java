package dev.estran.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultTest {

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
    void nextMeetsSoManyRequestsAndNoMore() {
        simulator.putFaults(new Fault(Fault.Kind.RATE_LIMIT, null, null, 2, null, 7));
        HttpResponse<String> limited = chat.post(Chat.request("hi"));
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after")).contains("7");
        assertThat(limited.body()).contains("rate_limit_exceeded");
        assertThat(statuses(3)).containsExactly(429, 200, 200);
        assertThat(simulator.counters().failed()).containsEntry("rate_limit", 2L);
        assertThat(simulator.bills()).hasSize(2);
    }

    @Test
    void everyMeetsEachNthOfItsModel() {
        simulator.putFaults(new Fault(Fault.Kind.SERVER_ERROR, null, 3, null, "south", null));
        assertThat(statuses(6)).containsOnly(200);
        List<Integer> south = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            south.add(chat.post(Chat.request("hi").put("model", "south")).statusCode());
        }
        assertThat(south).containsExactly(200, 200, 500, 200, 200, 500);
    }

    @Test
    void probabilityIsTheSameAfterAReset() {
        simulator.putFaults(Fault.share(Fault.Kind.AUTH, 0.3));
        List<Integer> first = statuses(60);
        assertThat(first).contains(401, 200);
        simulator.reset();
        assertThat(statuses(60)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void malformedIsNoJsonAndNonsenseFitsNoSchema(boolean stream) {
        simulator.putFaults(Fault.next(Fault.Kind.MALFORMED, 1));
        String body = chat.post(Chat.request("hi").put("stream", stream)).body();
        assertThat(body).isNotEmpty().doesNotContain("[DONE]");
        assertThatThrownBy(() -> SimulatorJson.read(body)).isInstanceOf(IllegalArgumentException.class);

        simulator.putFaults(Fault.next(Fault.Kind.NONSENSE, 1));
        String answer = chat.post(Chat.asking("{'type':'object','properties':{'x':{'type':'integer'}}}", "hi")
                        .put("stream", stream))
                .body();
        assertThat(answer).contains(stream ? "[DONE]" : "chat.completion").contains("purple");
        assertThat(simulator.counters().failed()).containsEntry("malformed", 1L).containsEntry("nonsense", 1L);
        assertThat(simulator.counters().answered()).isZero();
        assertThat(simulator.bills()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutBreaksTheConnectionMidway(boolean stream) {
        simulator.putFaults(Fault.next(Fault.Kind.CUT, 1));
        HttpRequest request = request(
                Chat.request("a longer text to cut").put("stream", stream).toString());
        assertThatThrownBy(() -> chat.http().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(simulator.counters().failed()).containsEntry("cut", 1L);
        assertThat(chat.post(Chat.request("hi")).statusCode()).isEqualTo(200);
    }

    @Test
    void timeoutNeverAnswersAndIsNotBilled() {
        simulator.putFaults(Fault.next(Fault.Kind.TIMEOUT, 1));
        var answer = begin();
        await(counters -> counters.failed().containsKey("timeout"));
        assertThat(chat.post(Chat.request("hi"), "X-Request-Id", "second").statusCode())
                .isEqualTo(200);
        assertThat(answer).isNotDone();
        answer.cancel(true);
        await(counters -> counters.inFlight() == 0);
        assertThat(simulator.counters().failed()).isEqualTo(Map.of("timeout", 1L));
        assertThat(simulator.bills()).extracting(Bill::requestId).containsExactly("second");
    }

    @Test
    void aClientThatLeavesIsCountedAndNotBilled() {
        simulator.putModels(
                new SimulatedModel("north", BigDecimal.ONE, BigDecimal.ONE, "EUR", null, Latency.fixed(600_000), null));
        var answer = begin();
        await(counters -> counters.inFlight() == 1);
        answer.cancel(true);
        await(counters -> counters.inFlight() == 0);
        assertThat(simulator.counters().failed()).isEqualTo(Map.of("cancelled", 1L));
        assertThat(simulator.bills()).isEmpty();
    }

    @Test
    void aFaultNeedsExactlyOneTrigger() {
        assertThatThrownBy(() -> new Fault(Fault.Kind.CUT, 0.1, 2, null, null, null))
                .hasMessageContaining("exactly one");
        assertThatThrownBy(() -> Fault.share(Fault.Kind.CUT, 1.5)).hasMessageContaining("1.5");
    }

    private List<Integer> statuses(int requests) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            statuses.add(chat.post(Chat.request("hi " + i)).statusCode());
        }
        return statuses;
    }

    private CompletableFuture<HttpResponse<String>> begin() {
        return chat.http().sendAsync(request(Chat.request("hi").toString()), HttpResponse.BodyHandlers.ofString());
    }

    private void await(Predicate<Counters> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.test(simulator.counters())) {
            assertThat(System.nanoTime())
                    .as("waited in vain: %s", simulator.counters())
                    .isLessThan(deadline);
        }
    }

    private HttpRequest request(String body) {
        return HttpRequest.newBuilder(URI.create(simulator.url() + "/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
