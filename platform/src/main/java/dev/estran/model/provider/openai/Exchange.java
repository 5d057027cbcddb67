package dev.estran.model.provider.openai;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One HTTP request and its bounded answer. Everything but {@link #send} and {@link #abort} runs on the event loop. */
final class Exchange {

    /** @param retryAfter the header as it came */
    record Response(int status, @Nullable String retryAfter, Buffer body) {}

    private final CompletableFuture<Response> response = new CompletableFuture<>();
    private final int limitBytes;
    private volatile @Nullable HttpClientRequest request;
    private volatile boolean answering;
    private volatile boolean aborted;

    Exchange(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    CompletableFuture<Response> response() {
        return response;
    }

    /** Whether the head of the answer has come. */
    boolean answering() {
        return answering;
    }

    /** Whether the request may have reached the supplier. */
    boolean sent() {
        return request != null;
    }

    void send(HttpClient client, RequestOptions options, Buffer body) {
        client.request(options).onComplete(opened -> {
            if (opened.failed()) {
                response.completeExceptionally(opened.cause());
                return;
            }
            HttpClientRequest ready = opened.result();
            request = ready;
            ready.exceptionHandler(response::completeExceptionally);
            if (aborted) {
                ready.reset();
                return;
            }
            ready.send(body).onComplete(head -> {
                if (head.failed()) {
                    response.completeExceptionally(head.cause());
                } else {
                    read(ready, head.result());
                }
            });
        });
    }

    private void read(HttpClientRequest sent, HttpClientResponse head) {
        answering = true;
        Buffer body = Buffer.buffer(length(head));
        head.exceptionHandler(response::completeExceptionally);
        head.handler(part -> {
            if (body.length() + part.length() > limitBytes) {
                response.completeExceptionally(new IOException("the answer is larger than " + limitBytes + " bytes"));
                sent.reset();
            } else {
                body.appendBuffer(part);
            }
        });
        head.endHandler(end -> response.complete(new Response(head.statusCode(), head.getHeader("retry-after"), body)));
    }

    private int length(HttpClientResponse head) {
        String length = head.getHeader("content-length");
        try {
            return length == null ? 2048 : Math.clamp(Long.parseLong(length), 0, Math.min(limitBytes, 1 << 16));
        } catch (NumberFormatException e) {
            return 2048;
        }
    }

    /** Ends an exchange that nobody waits for any more; nothing where it has ended. */
    void abort() {
        if (response.isDone() && !response.isCompletedExceptionally()) {
            return;
        }
        aborted = true;
        HttpClientRequest open = request;
        if (open != null) {
            open.reset();
        }
    }
}
