package dev.estran.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One chat request from its first byte to its end. Used on the event loop only. */
final class Exchange {

    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int TOKENS_PER_REPLY = 3;
    private static final int DEFAULT_RETRY_AFTER_SECONDS = 1;
    private static final String NONSENSE = "}{ purple \u00bf 42 monkeys :: null of the answer";

    private final Vertx vertx;
    private final State state;
    private final HttpServerResponse response;
    private final long number;
    private final String requestId;
    private boolean over;

    Exchange(Vertx vertx, State state, HttpServerRequest request) {
        this.vertx = vertx;
        this.state = state;
        this.response = request.response();
        this.number = state.nextRequest();
        String sent = request.getHeader("X-Request-Id");
        this.requestId = sent == null || sent.isBlank() ? "req_" + number : sent;
        state.ledger.opened();
        response.putHeader("x-request-id", requestId);
        response.exceptionHandler(failure -> finish("cancelled"));
        response.closeHandler(closed -> finish("cancelled"));
    }

    void invalid(@Nullable String param, String message) {
        finish("invalid");
        Replies.invalid(response, param, message);
    }

    void refuse(int status, String type, @Nullable String code, String counted, String message) {
        finish(counted);
        Replies.error(response, status, type, code, null, message);
    }

    void play(JsonNode body) {
        SimulatedModel model = state.model(body.path("model").textValue());
        Optional<Fault> fault = state.faults.meet(model.name(), number);
        Latency latency = model.latency() == null ? state.options.latency() : model.latency();
        long millis = latency.millis(state.options.seed(), number);
        if (fault.isPresent() && fails(fault.get())) {
            return;
        }
        Completion completion = complete(body, model, fault.orElse(null));
        boolean stream = body.path("stream").asBoolean();
        if (millis < 1) {
            answer(body, model, completion, fault.orElse(null));
        } else if (stream && fault.isEmpty()) {
            // The first token comes half way.
            List<String> events = completion.events(usageAsked(body));
            after(Math.max(1, millis / 2), () -> startStream().write(events.getFirst()));
            after(millis, () -> endStream(model, completion, events.subList(1, events.size()), ""));
        } else {
            after(millis, () -> answer(body, model, completion, fault.orElse(null)));
        }
    }

    /** Plays a fault that needs no answer. */
    private boolean fails(Fault fault) {
        int retryAfter = fault.retryAfterSeconds() == null ? DEFAULT_RETRY_AFTER_SECONDS : fault.retryAfterSeconds();
        switch (fault.kind()) {
            case TIMEOUT -> {
                // Never answered: counted when it begins, open until the client leaves.
                state.ledger.failed("timeout");
                response.closeHandler(closed -> finish(null));
                response.exceptionHandler(failure -> finish(null));
            }
            case RATE_LIMIT -> {
                response.putHeader("Retry-After", String.valueOf(retryAfter));
                refuse(
                        429,
                        "rate_limit_error",
                        "rate_limit_exceeded",
                        "rate_limit",
                        "Rate limit reached. Please try again in " + retryAfter + "s.");
            }
            case SERVER_ERROR -> {
                if (fault.retryAfterSeconds() != null) {
                    response.putHeader("Retry-After", String.valueOf(retryAfter));
                }
                refuse(
                        500,
                        "server_error",
                        null,
                        "server_error",
                        "The server had an error while processing your request.");
            }
            case AUTH -> refuse(401, "invalid_request_error", "invalid_api_key", "auth", "Incorrect API key provided.");
            case MALFORMED, CUT, NONSENSE -> {
                return false;
            }
        }
        return true;
    }

    private Completion complete(JsonNode body, SimulatedModel model, @Nullable Fault fault) {
        Prompt prompt = Prompt.of(body.path("messages"));
        int input = TOKENS_PER_REPLY;
        for (String message : prompt.messages()) {
            input += TOKENS_PER_MESSAGE + state.tokens.count(message);
        }
        Evidence evidence = new Evidence(state.knowledge, model, state.options.seed(), prompt);
        evidence.asked(prompt).forEach(state.ledger::asked);
        String content = fault != null && fault.kind() == Fault.Kind.NONSENSE
                ? NONSENSE
                : FreeAnswers.content(evidence, prompt, body.path("response_format"));
        int output = state.tokens.count(content);
        int limit =
                body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt(Integer.MAX_VALUE));
        boolean cut = output > limit;
        return new Completion(
                "chatcmpl-sim-" + number,
                System.currentTimeMillis() / 1000,
                model.name(),
                cut ? Tokens.first(content, limit) : content,
                cut ? "length" : "stop",
                input,
                cut ? limit : output);
    }

    private void answer(JsonNode body, SimulatedModel model, Completion completion, @Nullable Fault fault) {
        boolean stream = body.path("stream").asBoolean();
        String counted = fault == null ? "" : fault.kind().wireName();
        if (fault != null && fault.kind() != Fault.Kind.NONSENSE) {
            charge(model, completion);
            finish(counted);
            spoil(stream, usageAsked(body), completion, fault.kind());
        } else if (stream) {
            startStream();
            endStream(model, completion, completion.events(usageAsked(body)), counted);
        } else {
            charge(model, completion);
            finish(counted);
            Replies.json(response, 200, completion.whole());
        }
    }

    /** Sends half of the answer, either as if it were all or with the connection breaking. */
    private void spoil(boolean stream, boolean usage, Completion completion, Fault.Kind kind) {
        Buffer all = stream
                ? Buffer.buffer(String.join("", completion.events(usage)))
                : Buffer.buffer(completion.whole().toString());
        Buffer half = all.getBuffer(0, all.length() / 2);
        response.putHeader("Content-Type", stream ? "text/event-stream" : "application/json");
        if (kind == Fault.Kind.MALFORMED) {
            response.end(half);
            return;
        }
        if (stream) {
            response.setChunked(true);
        } else {
            response.putHeader("Content-Length", String.valueOf(all.length()));
        }
        response.write(half).onComplete(written -> response.reset());
    }

    private HttpServerResponse startStream() {
        return response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-cache");
    }

    private void endStream(SimulatedModel model, Completion completion, List<String> events, String counted) {
        charge(model, completion);
        finish(counted);
        events.forEach(response::write);
        response.end();
    }

    private void charge(SimulatedModel model, Completion completion) {
        state.ledger.charge(new Bill(
                requestId,
                model.name(),
                1,
                completion.inputTokens(),
                completion.outputTokens(),
                model.amount(completion.inputTokens(), completion.outputTokens()),
                model.currency()));
    }

    private void after(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> {
            if (!over) {
                action.run();
            }
        });
    }

    /** @param failure kind to count, empty for an answer in full, null where it was counted before */
    private void finish(@Nullable String failure) {
        if (over) {
            return;
        }
        over = true;
        state.ledger.closed();
        if (failure != null && failure.isEmpty()) {
            state.ledger.answered();
        } else if (failure != null) {
            state.ledger.failed(failure);
        }
    }

    private static boolean usageAsked(JsonNode body) {
        return body.path("stream_options").path("include_usage").asBoolean();
    }
}
