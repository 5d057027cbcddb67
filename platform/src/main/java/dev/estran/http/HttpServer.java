package dev.estran.http;

import dev.estran.Caller;
import dev.estran.ErrorCode;
import dev.estran.EstranException;
import dev.estran.config.Config;
import dev.estran.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP door: one port, checks of Host, Origin and token before any handler, handlers on virtual threads. Requests in
 * flight are bounded.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
    private static final int MAX_IN_FLIGHT = 512;
    private static final int STOP_SECONDS = 10;
    /** Only uploads use Vert.x's blocking threads; handlers have virtual ones. */
    private static final int FILE_THREADS = 4;

    private final Vertx vertx;
    private final Gatekeeper gatekeeper;
    private final InFlight inFlight = new InFlight(MAX_IN_FLIGHT);
    private final long bodyLimit;
    private final long uploadLimit;
    private final Path uploads;
    private io.vertx.core.http.@Nullable HttpServer server;

    public HttpServer(Config config, Gatekeeper gatekeeper) {
        this.vertx = Vertx.vertx(
                new VertxOptions().setWorkerPoolSize(FILE_THREADS).setInternalBlockingPoolSize(FILE_THREADS));
        this.gatekeeper = gatekeeper;
        this.bodyLimit = config.get(Settings.HTTP_BODY_LIMIT);
        this.uploadLimit = config.get(Settings.HTTP_UPLOAD_LIMIT);
        this.uploads = config.dataDirectory().resolve("tmp").resolve("uploads");
    }

    /** Listens; returns the port. */
    public int start(String host, int port, List<Route> routes) {
        Router router = Router.router(vertx);
        router.route().handler(WebDoor::protect);
        for (Route route : routes) {
            String path = route.path().replaceAll("\\{(\\w+)}", ":$1");
            router.route(route.method(), path).handler(context -> accept(route, context));
        }
        new WebDoor(vertx, gatekeeper).mount(router);
        router.route().handler(context -> send(context.request(), notFound(context)));
        io.vertx.core.http.HttpServer created = vertx.createHttpServer(
                new HttpServerOptions().setIdleTimeout(300).setIdleTimeoutUnit(TimeUnit.SECONDS));
        server = created;
        try {
            return created.requestHandler(router)
                    .listen(port, host)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(STOP_SECONDS, TimeUnit.SECONDS)
                    .actualPort();
        } catch (ExecutionException | TimeoutException e) {
            String reason = e.getCause() instanceof BindException ? "is taken or not permitted" : "cannot be opened";
            throw new EstranException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "Port " + port + " on " + host + " " + reason + ". Choose another with --port N.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EstranException(ErrorCode.CANCELLED, "Interrupted while starting.", e);
        }
    }

    private Reply notFound(RoutingContext context) {
        String path = context.normalizedPath();
        if (PlannedPaths.contains(path)) {
            return ErrorBody.reply(new EstranException(ErrorCode.NOT_BUILT, path + " is planned and not built yet."));
        }
        return Reply.json(
                404,
                "{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"There is nothing at this path.\",\"retryable\":false}}");
    }

    private void accept(Route route, RoutingContext context) {
        HttpServerRequest request = context.request();
        Request received;
        try {
            gatekeeper.checkOrigin(request);
            Caller caller = route.open() ? Caller.SYSTEM : gatekeeper.authenticate(request);
            received = new Request(caller, context.pathParams(), query(request), "", null, Browser.of(request));
            checkLength(route, request);
        } catch (EstranException e) {
            send(request, ErrorBody.reply(e));
            return;
        }
        InFlight.Place place = inFlight.tryTake();
        if (place == null) {
            EstranException full = new EstranException(
                    ErrorCode.TOO_MANY_STATEMENTS, MAX_IN_FLIGHT + " requests are in flight; try again in a moment.");
            send(request, ErrorBody.reply(full));
        } else if (takesFile(route)) {
            receiveFile(route, request, received, place);
        } else {
            receiveBody(route, request, received, place);
        }
    }

    /** Refuses by its head what is too large, before any of it is read. */
    private void checkLength(Route route, HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (takesFile(route)) {
            if (length == null) {
                throw new EstranException(
                        ErrorCode.INVALID_ARGUMENT, "Say the size of the file: a Content-Length is needed.");
            }
            if (Long.parseLong(length) > uploadLimit) {
                throw tooLarge(uploadLimit, "http.upload_limit_bytes");
            }
        } else if (length != null && Long.parseLong(length) > bodyLimit) {
            throw tooLarge(bodyLimit, "http.body_limit_bytes");
        }
    }

    private static boolean takesFile(Route route) {
        return route.method().equals(HttpMethod.POST) && route.path().equals(LoadRoutes.PATH);
    }

    private void receiveBody(Route route, HttpServerRequest request, Request received, InFlight.Place place) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= bodyLimit) {
                body.appendBuffer(chunk);
            } else {
                request.handler(null);
                place.release();
                send(request, ErrorBody.reply(tooLarge(bodyLimit, "http.body_limit_bytes")));
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                run(route, request, received.withBody(body.toString()), place);
            }
        });
        request.exceptionHandler(broken -> place.release());
    }

    private static EstranException tooLarge(long limit, String setting) {
        return new EstranException(
                        ErrorCode.BODY_TOO_LARGE, "The body is larger than " + limit + " bytes (" + setting + ").")
                .with("limit", limit)
                .with("setting", setting);
    }

    private void receiveFile(Route route, HttpServerRequest request, Request received, InFlight.Place place) {
        Path file = uploads.resolve(UUID.randomUUID().toString());
        request.pause();
        vertx.fileSystem()
                .mkdirs(uploads.toString())
                .compose(done -> vertx.fileSystem()
                        .open(
                                file.toString(),
                                new OpenOptions().setCreateNew(true).setWrite(true)))
                .compose(request::pipeTo)
                .onSuccess(done -> run(route, request, received.withUpload(file), place))
                .onFailure(broken -> {
                    place.release();
                    deleteQuietly(file);
                    EstranException failed = new EstranException(
                            ErrorCode.STORAGE_FAILED, "The upload could not be kept; nothing was loaded.", broken);
                    send(request, ErrorBody.reply(failed));
                });
    }

    private void run(Route route, HttpServerRequest exchange, Request request, InFlight.Place place) {
        Thread.ofVirtual().name("http " + route.path()).start(() -> {
            Reply reply;
            try {
                reply = route.handler().handle(request);
            } catch (EstranException e) {
                if (e.code().kind() == dev.estran.ErrorKind.INTERNAL) {
                    log.error("{} {} failed", route.method(), route.path(), e);
                }
                reply = ErrorBody.reply(e);
            } catch (Throwable e) { // one request must not take the server along
                String id = UUID.randomUUID().toString();
                log.error("{} {} failed, {}", route.method(), route.path(), id, e);
                reply = ErrorBody.reply(
                        new EstranException(ErrorCode.INTERNAL, "Internal error " + id + "; the log has it."));
            } finally {
                place.release();
                if (request.upload() != null) {
                    deleteQuietly(request.upload());
                }
            }
            Reply finished = reply;
            try {
                vertx.runOnContext(now -> send(exchange, finished));
            } catch (RejectedExecutionException e) { // the server has stopped meanwhile, and with it the connection
                log.debug("{} {} was not answered", route.method(), route.path(), e);
            }
        });
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("the temporary file {} is left behind", file.getFileName());
        }
    }

    private static Map<String, String> query(HttpServerRequest request) {
        Map<String, String> values = new HashMap<>();
        try {
            request.params().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        } catch (IllegalArgumentException e) {
            throw new EstranException(
                    ErrorCode.INVALID_ARGUMENT, "The query string is not percent-encoded as it should be.", e);
        }
        return values;
    }

    private static void send(HttpServerRequest request, Reply reply) {
        var response = request.response();
        Path file = reply.file();
        if (response.ended() || response.closed()) {
            if (file != null) {
                deleteQuietly(file);
            }
            return;
        }
        response.setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .putHeader("Cache-Control", "no-store");
        reply.headers().forEach(response::putHeader);
        if (file == null) {
            response.end(reply.body());
        } else {
            response.sendFile(file.toString()).onComplete(sent -> deleteQuietly(file));
        }
    }

    @Override
    public void close() {
        if (server != null) {
            await(server.close());
        }
        await(vertx.close());
    }

    private static void await(Future<?> closing) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("the server did not close cleanly", e);
        }
    }
}
