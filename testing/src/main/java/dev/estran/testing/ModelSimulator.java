package dev.estran.testing;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A supplier of chat models that can be told what it knows, what it costs and how it fails. Speaks OpenAI's dialect on
 * the loopback; one event loop holds all state. Thread-safe.
 */
public final class ModelSimulator implements AutoCloseable {

    /**
     * @param port 0 for any free one
     * @param seed of every draw: right or wrong, latency, faults
     * @param latency of models that say nothing else
     * @param key the one bearer token accepted; null accepts all
     * @param bodyLimitBytes longest request read
     */
    public record Options(
            int port, long seed, Latency latency, @Nullable String key, int bodyLimitBytes) {

        public static Options defaults() {
            return new Options(0, 1, Latency.fixed(0), null, 64 << 20);
        }

        public Options withPort(int other) {
            return new Options(other, seed, latency, key, bodyLimitBytes);
        }

        public Options withSeed(long other) {
            return new Options(port, other, latency, key, bodyLimitBytes);
        }

        public Options withLatency(Latency other) {
            return new Options(port, seed, other, key, bodyLimitBytes);
        }

        public Options withKey(@Nullable String other) {
            return new Options(port, seed, latency, other, bodyLimitBytes);
        }

        public Options withBodyLimitBytes(int other) {
            return new Options(port, seed, latency, key, other);
        }
    }

    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final Context loop;
    private final State state;
    private final HttpServer server;

    private ModelSimulator(Options options) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        loop = vertx.getOrCreateContext();
        state = new State(options);
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(options.port()))
                .requestHandler(new Routes(vertx, state)::route);
    }

    public static ModelSimulator start(Options options) {
        ModelSimulator simulator = new ModelSimulator(options);
        try {
            simulator.state.tokens.count("warm");
            await(simulator.server.listen().toCompletionStage().toCompletableFuture());
            return simulator;
        } catch (RuntimeException e) {
            simulator.vertx.close();
            throw e;
        }
    }

    public static ModelSimulator start() {
        return start(Options.defaults());
    }

    /** {@code --port 9100 --seed 1 --latency-ms 50 --p99-ms 200 --key secret}; runs until killed. */
    public static void main(String[] args) {
        Options options;
        try {
            options = SimulatorFlags.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        ModelSimulator simulator = start(options);
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
        System.out.println("model simulator: " + simulator.url() + "/v1");
    }

    public int port() {
        return server.actualPort();
    }

    /** Without a path; a client's base URL is this and {@code /v1}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public Counters counters() {
        return onLoop(now -> now.ledger.counters());
    }

    public List<Bill> bills() {
        return onLoop(now -> now.ledger.bills());
    }

    /** Resets counters, bills and the request number that faults are drawn by. */
    public void reset() {
        change(now -> {
            now.ledger.reset();
            now.resetRequests();
        });
    }

    public void putTasks(Task... tasks) {
        change(now -> now.knowledge = now.knowledge.with(List.of(tasks)));
    }

    /** Models that are not listed stay accepted, free of charge. */
    public void putModels(SimulatedModel... models) {
        change(now -> now.putModels(List.of(models), false));
    }

    /** Replaces all faults. */
    public void putFaults(Fault... faults) {
        change(now -> now.faults = new FaultPlan(now.options.seed(), List.of(faults)));
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    private void change(Consumer<State> action) {
        onLoop(now -> {
            action.accept(now);
            return true;
        });
    }

    private <T> T onLoop(Function<State, T> reader) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(ignored -> {
            try {
                result.complete(reader.apply(state));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return await(result);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the simulator failed: " + e.getCause(), e);
        }
    }
}
