package dev.estran.model.provider.openai;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.estran.ErrorCode;
import dev.estran.model.ChatClient;
import dev.estran.model.ModelTarget;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with an attempt and what to do next, without ever repeating the key. */
final class Failures {

    private static final int SHOWN = 300;

    private final ModelTarget target;
    private final @Nullable String key;

    Failures(ModelTarget target, @Nullable String key) {
        this.target = target;
        this.key = key;
    }

    ChatClient.Failed refused(Exchange.Response response) {
        int status = response.status();
        String name = target.endpoint().name();
        String said = said(response.body());
        return switch (status) {
            case 401, 403 ->
                new ChatClient.Failed(
                        status,
                        ErrorCode.MODEL_UNAUTHORIZED,
                        "The supplier of " + name + " does not accept the key (HTTP " + status + "). Check "
                                + (target.connection().secret() == null
                                        ? "whether the connection "
                                                + target.connection().name() + " needs a secret."
                                        : "the value of " + target.connection().secret() + "."),
                        false,
                        -1,
                        false);
            case 404 ->
                new ChatClient.Failed(
                        status,
                        ErrorCode.MODEL_NOT_FOUND,
                        "The supplier of " + name + " knows no model "
                                + target.served().model() + " at "
                                + target.connection().url() + " (HTTP 404)." + said
                                + " Check the model's name and the connection's url.",
                        false,
                        -1,
                        false);
            case 408, 504 ->
                new ChatClient.Failed(
                        status,
                        ErrorCode.MODEL_TIMEOUT,
                        "The supplier of " + name + " ran out of time (HTTP " + status + ")." + said,
                        true,
                        -1,
                        true);
            case 429 ->
                new ChatClient.Failed(
                        status,
                        ErrorCode.MODEL_RATE_LIMITED,
                        "The supplier of " + name + " limits the rate of calls (HTTP 429)." + said
                                + " Run the statement again later: answers so far are kept.",
                        true,
                        retryAfterMillis(response.retryAfter()),
                        false);
            default ->
                status >= 500
                        ? new ChatClient.Failed(
                                status,
                                ErrorCode.MODEL_FAILED,
                                "The supplier of " + name + " failed (HTTP " + status + ")." + said
                                        + " Run the statement again: answers so far are kept.",
                                true,
                                retryAfterMillis(response.retryAfter()),
                                false)
                        : new ChatClient.Failed(
                                status,
                                ErrorCode.MODEL_REFUSED,
                                "The supplier of " + name + " refused the request (HTTP " + status + ")." + said,
                                false,
                                -1,
                                false);
        };
    }

    ChatClient.Failed timeout(boolean answering) {
        return new ChatClient.Failed(
                answering ? 200 : 0,
                ErrorCode.MODEL_TIMEOUT,
                target.endpoint().name()
                        + (answering ? " did not finish its answer in time." : " did not answer in time.")
                        + " Run the statement again: answers so far are kept.",
                true,
                -1,
                true);
    }

    ChatClient.Failed broken(@Nullable Throwable cause, boolean sent) {
        if (!sent || cause instanceof ConnectException || cause instanceof UnknownHostException) {
            return new ChatClient.Failed(
                    0,
                    ErrorCode.MODEL_UNREACHABLE,
                    target.endpoint().name() + " cannot be reached at "
                            + target.connection().url() + " (" + kind(cause)
                            + "). Check the connection's url and that the server runs.",
                    true,
                    -1,
                    false);
        }
        return new ChatClient.Failed(
                0,
                ErrorCode.MODEL_FAILED,
                "The answer of " + target.endpoint().name() + " was cut (" + kind(cause) + ").",
                true,
                -1,
                true);
    }

    /** A 200 whose body is not a chat completion. */
    ChatClient.Failed malformed(String what) {
        return new ChatClient.Failed(
                200,
                ErrorCode.MODEL_FAILED,
                "The supplier of " + target.endpoint().name() + " sent something that is not a chat completion: " + what
                        + ". Check that the connection's url is that of an OpenAI-compatible server.",
                true,
                -1,
                true);
    }

    /** The model declined to answer. */
    ChatClient.Failed declined(String why) {
        return new ChatClient.Failed(
                200,
                ErrorCode.MODEL_REFUSED,
                target.endpoint().name() + " declined to answer: " + shown(why),
                false,
                -1,
                false);
    }

    private static String kind(@Nullable Throwable cause) {
        if (cause instanceof IOException
                && cause.getMessage() != null
                && cause.getMessage().startsWith("the answer")) {
            return cause.getMessage();
        }
        return cause == null ? "no cause given" : cause.getClass().getSimpleName();
    }

    /** The supplier's own words, in brief. */
    private String said(Buffer body) {
        try {
            JsonNode error = ChatJson.JSON.readTree(body.getBytes()).path("error");
            String message =
                    error.isTextual() ? error.asText() : error.path("message").asText("");
            return message.isBlank() ? "" : " It says: " + shown(message);
        } catch (IOException e) {
            return "";
        }
    }

    private String shown(String text) {
        String safe = key == null ? text : text.replace(key, "***");
        safe = safe.replaceAll("\\p{Cntrl}+", " ").strip();
        return safe.length() <= SHOWN ? safe : safe.substring(0, SHOWN) + "...";
    }

    /** Seconds or an HTTP date; -1 where absent or unreadable. */
    static long retryAfterMillis(@Nullable String header) {
        if (header == null) {
            return -1;
        }
        try {
            return Math.max(0, Math.round(Double.parseDouble(header.strip()) * 1000));
        } catch (NumberFormatException e) {
            try {
                Instant until = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return Math.max(0, Duration.between(Instant.now(), until).toMillis());
            } catch (DateTimeException notADate) {
                return -1;
            }
        }
    }

    static String position(JacksonException e) {
        return "not JSON at byte "
                + (e.getLocation() == null ? 0 : e.getLocation().getByteOffset());
    }
}
