package dev.estran.model.provider.openai;

import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.model.CallLimits;
import dev.estran.model.ChatClient;
import dev.estran.model.ChatRequest;
import dev.estran.model.ModelTarget;
import dev.estran.model.Secrets;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Client of the OpenAI chat protocol. Callers block on their own (virtual) threads; one event loop moves the bytes. The
 * event loop starts with the first call.
 */
public final class OpenAiClient implements ChatClient, AutoCloseable {

    private final Secrets secrets;
    private final CallLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Vertx vertx;
    private volatile @Nullable HttpClient client;

    public OpenAiClient(Secrets secrets, CallLimits limits) {
        this.secrets = secrets;
        this.limits = limits;
    }

    @Override
    public Outcome attempt(ModelTarget target, ChatRequest request, String requestId) throws InterruptedException {
        String reference = target.connection().secret();
        String key = reference == null ? null : secrets.load(reference);
        Exchange exchange = new Exchange(limits.bodyBytes());
        exchange.send(client(), options(target, requestId, key), ChatJson.write(target, request));
        Failures failures = new Failures(target, key);
        try {
            Exchange.Response response = await(exchange);
            return response.status() == 200
                    ? ChatJson.read(response.body(), request, failures)
                    : failures.refused(response);
        } catch (TimeoutException e) {
            return failures.timeout(exchange.answering());
        } catch (ExecutionException e) {
            return failures.broken(e.getCause(), exchange.sent());
        } finally {
            exchange.abort();
        }
    }

    private Exchange.Response await(Exchange exchange)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return exchange.response().get(limits.connectMillis() + limits.firstByteMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (!exchange.answering()) {
                throw e;
            }
            long left = Math.max(0, limits.attemptMillis() - limits.firstByteMillis());
            return exchange.response().get(left, TimeUnit.MILLISECONDS);
        }
    }

    private RequestOptions options(ModelTarget target, String requestId, @Nullable String key) {
        URI uri = URI.create(target.connection().url());
        boolean tls = uri.getScheme().equalsIgnoreCase("https");
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(uri.getHost())
                .setPort(uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(uri.getRawPath() + "/chat/completions")
                .setFollowRedirects(false)
                .setConnectTimeout(limits.connectMillis())
                .putHeader("content-type", "application/json")
                .putHeader("accept", "application/json")
                .putHeader("x-request-id", requestId);
        if (key != null) {
            options.putHeader("authorization", "Bearer " + key);
        }
        return options;
    }

    private HttpClient client() {
        HttpClient ready = client;
        if (ready != null) {
            return ready;
        }
        lock.lock();
        try {
            HttpClient existing = client;
            if (existing != null) {
                return existing;
            }
            Vertx started = Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(2)
                    .setFileSystemOptions(
                            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
            HttpClient made = started.createHttpClient(
                    new HttpClientOptions()
                            .setKeepAlive(true)
                            .setKeepAliveTimeout(30)
                            .setPipelining(false)
                            .setTcpNoDelay(true)
                            .setConnectTimeout(limits.connectMillis()),
                    new PoolOptions()
                            .setHttp1MaxSize(limits.maxConnections())
                            .setMaxWaitQueueSize(16 * limits.maxConnections())
                            .setEventLoopSize(1));
            vertx = started;
            client = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            Vertx running = vertx;
            vertx = null;
            client = null;
            if (running != null) {
                running.close().await(10, TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            throw new EstranException(ErrorCode.TIMEOUT, "The model client did not stop in 10 seconds.", e);
        } finally {
            lock.unlock();
        }
    }
}
