package dev.estran.model;

import dev.estran.ErrorCode;

/** Speaks one supplier's protocol. One attempt per call; retries are {@link ModelCalls}'s business. Thread-safe. */
public interface ChatClient {

    /**
     * Sends the request once and waits. Interrupting the thread aborts the exchange.
     *
     * @param requestId sent as {@code X-Request-Id}
     * @throws dev.estran.EstranException SECRET_NOT_FOUND
     */
    Outcome attempt(ModelTarget target, ChatRequest request, String requestId) throws InterruptedException;

    /** How an attempt ended. */
    sealed interface Outcome {
        int status();
    }

    /**
     * @param finish why the model stopped: {@code stop}, {@code length}, {@code content_filter}, ...
     * @param estimated whether the token counts are ours because the supplier gave none
     */
    record Answered(int status, String text, String finish, long tokensIn, long tokensOut, boolean estimated)
            implements Outcome {}

    /**
     * @param status HTTP status, or 0 where none came
     * @param message for people; holds no secret
     * @param retry whether the same request may succeed
     * @param retryAfterMillis how long the supplier asks to wait, or -1
     * @param billable whether the supplier may have run the model, and bill it, without telling us the usage
     */
    record Failed(int status, ErrorCode code, String message, boolean retry, long retryAfterMillis, boolean billable)
            implements Outcome {}
}
